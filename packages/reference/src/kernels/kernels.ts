import type { OperationKind } from '@patternlens/core';
import { conv, convInputGradient, convWeightGradient } from './convolution.js';
import { binary, broadcast, compare, select, unary } from './elementwise.js';
import type { Kernel } from './kernel.js';
import { concat, gather, pad, reshape, slice, transpose } from './layout.js';
import { matmul } from './matmul.js';
import {
  avgPool,
  avgPoolInputGradient,
  maxPool,
  poolBySwitches,
  poolSwitches,
  unpool,
} from './pooling.js';
import { argMax, oneHot, reduceMax, reduceSum } from './reductions.js';

/** The definition of every primitive but `input`, whose value is handed in. */
export const kernels: { readonly [K in Exclude<OperationKind, 'input'>]: Kernel<K> } = {
  constant: ({ value }) => ({ data: Float64Array.from(value.data), shape: value.shape }),
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
  safeDiv: binary,
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
