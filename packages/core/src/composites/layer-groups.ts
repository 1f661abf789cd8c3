import { activationClass, type ActivationClass } from '../layers/activation-functions.js';
import { LAYOUT_KINDS } from '../layers/layout-kinds.js';
import { gradientRule } from '../rules/gradient.js';
import { type Composite, kinds, type Matcher } from './composite.js';

export const linearKinds = kinds('dense', 'convolution', 'transposed-convolution', 'scale');
export const layoutKinds = kinds(...LAYOUT_KINDS);
export const maxima = kinds('max-pool', 'maximum-over-axes');
export const averages = kinds('average-pool', 'mean', 'sum');
export const sums = kinds('add', 'add-constant');
export const responseNormalisation = kinds('local-response-normalisation');

export const activationsOf =
  (...classes: readonly ActivationClass[]): Matcher =>
  (layer) =>
    layer.kind === 'activation' && classes.includes(activationClass[layer.attributes.function]);

export const rectifiers: Matcher = (layer, network) =>
  kinds('rectifier')(layer, network) || activationsOf('clip')(layer, network);

/** What is linear, or picks a winner, passes as its gradient in every method that is not LRP. */
export const structure: Composite = [
  [maxima, gradientRule],
  [averages, gradientRule],
  [sums, gradientRule],
  [layoutKinds, gradientRule],
];
