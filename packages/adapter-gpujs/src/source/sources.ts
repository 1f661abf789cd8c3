import type { BinaryKind, UnaryKind } from '@patternlens/core';
import type { LoweredKind, LoweredOf } from '../lowering/line.js';
import { phaseWeights, slide, slideBack, weightSums } from './convolution.js';
import { broadcast, concat, frame, gatherRows, pad, slice, transpose } from './layout.js';
import { matmul, matmulRows } from './matmul.js';
import type { Source } from './operand.js';
import {
  avgPool,
  avgPoolInputGradient,
  maxPool,
  poolByChoices,
  poolBySwitches,
  poolChoices,
  switchesOf,
  unpool,
  unpoolByChoices,
} from './pooling.js';
import { argMax, oneHot, reduceMax, reduceSum } from './reductions.js';

/** What has a kernel of its own: all but what is given, what is elementwise, and `reshape`, which moves nothing. */
export type SourceKind = Exclude<
  LoweredKind,
  'input' | 'constant' | 'reshape' | 'compare' | 'select' | UnaryKind | BinaryKind
>;

export const sources: { readonly [K in SourceKind]: Source<LoweredOf<K>> } = {
  matmul,
  matmulRows,
  slide,
  slideBack,
  phaseWeights,
  weightSums,
  maxPool,
  poolChoices,
  switchesOf,
  poolBySwitches,
  poolByChoices,
  unpool,
  unpoolByChoices,
  avgPool,
  avgPoolInputGradient,
  transpose,
  broadcast,
  pad,
  frame,
  slice,
  concat,
  gatherRows,
  reduceSum,
  reduceMax,
  argMax,
  oneHot,
};
