import {
  commonOperations,
  supportedBy,
  type OperatorTable,
  type Supported,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { activations } from './activations.js';
import { arithmetic } from './arithmetic.js';
import { casts } from './casts.js';
import { folders } from './folders.js';
import { layout } from './layout.js';
import { linear } from './linear.js';
import { matrices } from './matrices.js';
import { normalisations } from './normalisation.js';
import { foldersWithOldBroadcast, withOldBroadcast } from './old-broadcast.js';
import { pools } from './pooling.js';
import { reductions } from './reductions.js';
import { Resize } from './resize.js';

/** What is known of each operator, by its ONNX name. */
export const operators: OperatorTable<OnnxNode> = {
  operations: withOldBroadcast({
    ...commonOperations,
    ...activations,
    ...arithmetic,
    ...casts,
    ...layout,
    ...linear,
    ...matrices,
    ...normalisations,
    ...pools,
    ...reductions,
    Resize,
    Upsample: Resize,
  }),
  folders: foldersWithOldBroadcast(folders),
};

/** The names of all operators that are understood; of two of them the walk over the graph takes care itself. */
export const SUPPORTED_OPERATORS: Required<Supported> = supportedBy(operators, {
  computed: ['If'],
  folded: ['Constant'],
});
