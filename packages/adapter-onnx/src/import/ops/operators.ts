import { commonOperations, type OperatorTable } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { activations } from './activations.js';
import { arithmetic } from './arithmetic.js';
import { folders } from './folders.js';
import { layout } from './layout.js';
import { linear } from './linear.js';
import { mlFeatures } from './ml-features.js';
import { mlLinear } from './ml-linear.js';
import { normalisations } from './normalisation.js';
import { pools } from './pooling.js';
import { reductions } from './reductions.js';
import { Resize } from './resize.js';

/** What is known of each operator, by its ONNX name. */
export const operators: OperatorTable<OnnxNode> = {
  operations: {
    ...commonOperations,
    ...activations,
    ...arithmetic,
    ...layout,
    ...linear,
    ...mlFeatures,
    ...mlLinear,
    ...normalisations,
    ...pools,
    ...reductions,
    Resize,
    Upsample: Resize,
  },
  folders,
};
