import { elementwiseOperations } from './elementwise-operations.js';
import { arithmeticFolders } from './fold-arithmetic.js';
import { shapeFolders } from './fold-shapes.js';
import { layoutOperations } from './layout-operations.js';
import { linearOperations } from './linear-operations.js';
import type { Folder, Operation } from './operation.js';
import { poolingOperations } from './pooling-operations.js';

/** How each operation becomes layers. */
export const operations: Readonly<Record<string, Operation>> = {
  ...elementwiseOperations,
  ...layoutOperations,
  ...linearOperations,
  ...poolingOperations,
};

/** How each operation is computed where all that it reads is known. */
export const folders: Readonly<Record<string, Folder>> = { ...arithmeticFolders, ...shapeFolders };

/** Operations that treat the rows of a matrix one by one. */
export const ROWWISE: readonly string[] = [
  'Add',
  'AddV2',
  'BiasAdd',
  'Elu',
  'Identity',
  'LeakyRelu',
  'MatMul',
  'Relu',
  'Relu6',
  'Selu',
  'Sigmoid',
  'Softmax',
  'Tanh',
  '_FusedMatMul',
];

/** The names of all operations that are understood. */
export const SUPPORTED_OPERATIONS: readonly string[] = [
  ...new Set([
    ...Object.keys(operations),
    ...Object.keys(folders),
    'Const',
    'NoOp',
    'Placeholder',
    'PlaceholderWithDefault',
  ]),
].sort();
