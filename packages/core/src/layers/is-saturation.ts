import type { Layer } from './layer.js';

/** Where the numbers of a quantised network end: no rectifier, and no part of the float network that it approximates. */
export const isSaturation = (layer: Layer): boolean =>
  layer.kind === 'activation' &&
  layer.attributes.function === 'clip' &&
  layer.attributes.saturates === true;
