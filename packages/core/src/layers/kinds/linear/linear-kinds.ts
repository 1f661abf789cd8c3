import { convolution } from './convolution.js';
import { dense } from './dense.js';
import { scale } from './scale.js';
import { transposedConvolution } from './transposed-convolution.js';

/** Kinds of linear layers: those that patterns are about. */
export const linearKinds = {
  dense,
  convolution,
  'transposed-convolution': transposedConvolution,
  scale,
};
