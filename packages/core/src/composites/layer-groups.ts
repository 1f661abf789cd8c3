import { gradientRule } from '../rules/gradient.js';
import { groups, type Composite } from './composite.js';

export const linearKinds = groups('linear');
export const layoutKinds = groups('layout');
export const maxima = groups('maximum');
export const averages = groups('average');
export const sums = groups('sum');
export const responseNormalisation = groups('response-normalisation');
export const selfGated = groups('self-gated');
export const rectifiers = groups('rectifier', 'clip');

/** What is linear, or picks a winner, passes as its gradient in every method that is not LRP. */
export const structure: Composite = [
  [maxima, gradientRule],
  [averages, gradientRule],
  [sums, gradientRule],
  [layoutKinds, gradientRule],
];
