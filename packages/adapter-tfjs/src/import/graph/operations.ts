import {
  commonOperations,
  supportedBy,
  type OperatorTable,
  type Supported,
} from '@patternlens/importing';
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

/** The names of all operations that are understood; of some the walk over the graph takes care itself. */
export const SUPPORTED_OPERATIONS: Required<Supported> = supportedBy(operators, {
  computed: ['NoOp', 'Placeholder', 'PlaceholderWithDefault'],
  folded: ['Const'],
});
