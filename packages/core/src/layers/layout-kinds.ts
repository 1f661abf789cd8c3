import type { Layer, LayerKind } from './layer.js';

/** Kinds that only lay values out anew: every value of theirs is one of their inputs', or a constant. */
export const LAYOUT_KINDS: readonly LayerKind[] = [
  'concat',
  'slice',
  'pad',
  'reshape',
  'transpose',
  'gather',
  'expand',
  'identity',
  'dropout',
];

export const isLayout = ({ kind }: Layer): boolean => LAYOUT_KINDS.includes(kind);
