import type { OperationKind } from '@patternlens/core/backend';
import { conv, convInputGradient } from './convolution.js';
import { binary, compare, safeDiv, select, unary } from './elementwise.js';
import type { Emitter } from './emitter.js';
import { layout } from './layout.js';
import { pooling } from './pooling.js';
import { reductions } from './reductions.js';
import { convWeightGradient } from './weight-gradient.js';

/** How each primitive is written in standard ONNX operators. Inputs and constants are the graph's own. */
export const emitters: {
  readonly [K in Exclude<OperationKind, 'input' | 'constant'>]: Emitter<K>;
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
  min: binary,
  max: binary,
  pow: binary,
  safeDiv,
  compare,
  select,
  conv,
  convInputGradient,
  convWeightGradient,
  ...pooling,
  ...layout,
  ...reductions,
};
