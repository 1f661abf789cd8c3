import type { OperationKind } from '@patternlens/core/backend';
import { conv, convInputGradient } from './convolution.js';
import { binary, safeDiv, unary } from './elementwise.js';
import { layout } from './layout.js';
import type { Lowering } from './lowering.js';
import { compare, select } from './masks.js';
import { matmul } from './matmul.js';
import { avgPool, avgPoolInputGradient, maxPool } from './pooling.js';
import { reductions } from './reductions.js';
import { poolBySwitches, poolSwitches, unpool } from './switches.js';
import { convWeightGradient } from './weight-gradient.js';

/** How every primitive is made of kernels of TensorFlow.js. */
export const lowerings: {
  readonly [K in Exclude<OperationKind, 'input' | 'constant'>]: Lowering<K>;
} = {
  neg: unary,
  abs: unary,
  exp: unary,
  log: unary,
  sqrt: unary,
  tanh: unary,
  sigmoid: unary,
  erf: unary,
  sin: unary,
  cos: unary,
  atan: unary,
  floor: unary,
  relu: unary,
  add: binary,
  sub: binary,
  mul: binary,
  div: binary,
  safeDiv,
  min: binary,
  max: binary,
  pow: binary,
  compare,
  select,
  matmul,
  conv,
  convInputGradient,
  convWeightGradient,
  maxPool,
  poolSwitches,
  poolBySwitches,
  unpool,
  avgPool,
  avgPoolInputGradient,
  ...layout,
  ...reductions,
};
