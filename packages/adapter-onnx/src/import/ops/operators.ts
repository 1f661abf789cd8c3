import { commonOperations, type OperatorTable } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { activations } from './activations.js';
import { arithmetic } from './arithmetic.js';
import { casts } from './casts.js';
import { folders } from './folders.js';
import { indexing } from './indexing.js';
import { layout } from './layout.js';
import { losses } from './losses.js';
import { AffineGrid } from './affine-grid.js';
import { CenterCropPad } from './crop-pad.js';
import { Col2Im } from './col2im.js';
import { GridSample } from './grid-sample.js';
import { linear } from './linear.js';
import { matrices } from './matrices.js';
import { mlFeatures } from './ml-features.js';
import { mlLinear } from './ml-linear.js';
import { normalisations } from './normalisation.js';
import { foldersWithOldBroadcast, withOldBroadcast } from './old-broadcast.js';
import { pools } from './pooling.js';
import { reductions } from './reductions.js';
import { REFUSED_OPERATORS } from './refused-operators.js';
import { Resize } from './resize.js';

/** What is known of each operator, by its ONNX name. */
export const operators: OperatorTable<OnnxNode> = {
  operations: withOldBroadcast({
    ...commonOperations,
    ...activations,
    ...arithmetic,
    ...casts,
    ...indexing,
    ...layout,
    ...linear,
    ...matrices,
    ...mlFeatures,
    ...mlLinear,
    ...normalisations,
    ...pools,
    ...reductions,
    ...losses,
    AffineGrid,
    CenterCropPad,
    Col2Im,
    GridSample,
    Resize,
    Upsample: Resize,
  }),
  folders: foldersWithOldBroadcast(folders),
  reasons: REFUSED_OPERATORS,
};
