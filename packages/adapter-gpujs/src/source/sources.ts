import type { BinaryKind, UnaryKind } from '@patternlens/core/backend';
import type { LoweredKind, LoweredOf } from '../lowering/line.js';
import { phaseWeights, slide, slideBack, weightSums } from './convolution.js';
import { layout } from './layout.js';
import { matmul, matmulRows } from './matmul.js';
import type { Source } from './operand.js';
import { pooling } from './pooling.js';
import { reductions } from './reductions.js';

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
  ...pooling,
  ...layout,
  ...reductions,
};
