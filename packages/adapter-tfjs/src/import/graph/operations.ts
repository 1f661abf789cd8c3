import { commonOperations, type OperatorTable } from '@patternlens/importing';
import { elementwiseOperations } from './elementwise-operations.js';
import { folders } from './folders.js';
import { indexingOperations } from './indexing-operations.js';
import { layoutOperations } from './layout-operations.js';
import { linearOperations } from './linear-operations.js';
import type { TfjsNode } from './node-view.js';
import { poolingOperations } from './pooling-operations.js';

/** What is known of each operation, by TensorFlow's name. */
export const operators: OperatorTable<TfjsNode> = {
  operations: {
    ...commonOperations,
    ...elementwiseOperations,
    ...indexingOperations,
    ...layoutOperations,
    ...linearOperations,
    ...poolingOperations,
  },
  folders,
};

/** The names of all operations that are understood. */
export const SUPPORTED_OPERATIONS: readonly string[] = [
  ...new Set([
    ...Object.keys(operators.operations),
    ...Object.keys(folders),
    'Const',
    'NoOp',
    'Placeholder',
    'PlaceholderWithDefault',
  ]),
].sort();
