import type { OperationKind } from '@patternlens/core';
import { conv, convInputGradient } from './convolution.js';
import { binary, compare, safeDiv, select, unary } from './elementwise.js';
import type { Emitter } from './emitter.js';
import { broadcast, concat, gather, pad, reshape, slice, transpose } from './layout.js';
import {
  avgPool,
  avgPoolInputGradient,
  maxPool,
  poolBySwitches,
  poolSwitches,
  unpool,
} from './pooling.js';
import { argMax, matmul, oneHot, reduceMax, reduceSum } from './reductions.js';
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
  reshape,
  transpose,
  broadcast,
  pad,
  slice,
  concat,
  reduceSum,
  reduceMax,
  argMax,
  oneHot,
  gather,
};
