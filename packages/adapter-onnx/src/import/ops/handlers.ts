import type { Folder, Handler } from '../handler.js';
import * as activations from './activations.js';
import * as arithmetic from './arithmetic.js';
import { arithmeticFolders } from './fold-arithmetic.js';
import { layoutFolders } from './fold-layout.js';
import { shapeFolders } from './fold-shape.js';
import * as layout from './layout.js';
import { Conv, ConvTranspose, Gemm, MatMul } from './linear.js';
import {
  BatchNormalization,
  GroupNormalization,
  InstanceNormalization,
  LayerNormalization,
  LRN,
  RMSNormalization,
} from './normalisation.js';
import { AveragePool, GlobalAveragePool, GlobalMaxPool, MaxPool } from './pooling.js';
import { Pad } from './pad.js';
import { ReduceL2, ReduceMax, ReduceMean, ReduceSum, ReduceSumSquare } from './reductions.js';
import { Resize } from './resize.js';

/** How each operator becomes layers, by its ONNX name. */
export const handlers: Readonly<Record<string, Handler>> = {
  ...activations,
  ...arithmetic,
  ...layout,
  AveragePool,
  BatchNormalization,
  CastLike: layout.Cast,
  Conv,
  ConvTranspose,
  Gemm,
  GlobalAveragePool,
  GlobalMaxPool,
  GroupNormalization,
  InstanceNormalization,
  LayerNormalization,
  LRN,
  MatMul,
  MaxPool,
  Pad,
  ReduceL2,
  ReduceMax,
  ReduceMean,
  ReduceSum,
  ReduceSumSquare,
  Resize,
  RMSNormalization,
  Upsample: Resize,
};

/** How each operator is computed where all that it reads is known. */
export const folders: Readonly<Record<string, Folder>> = {
  ...arithmeticFolders,
  ...layoutFolders,
  ...shapeFolders,
};

/** Operators that the walk over the graph takes care of itself. */
export const STRUCTURAL = ['Constant', 'If'];

/** The names of all operators that are understood. */
export const SUPPORTED_OPERATORS: readonly string[] = [
  ...new Set([...Object.keys(handlers), ...Object.keys(folders), ...STRUCTURAL]),
].sort();
