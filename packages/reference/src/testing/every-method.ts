import type { MethodChoice } from '@patternlens/core';

/** Every method, and those parameters that lead to other programs. */
export const everyMethod: readonly MethodChoice[] = [
  'gradient',
  'input-x-gradient',
  'deconvnet',
  'guided-backprop',
  'lrp-0',
  'lrp-epsilon',
  'lrp-alpha1-beta0',
  'lrp-alpha2-beta1',
  'pattern-net',
  'pattern-attribution',
  { id: 'pattern-net', estimator: 'linear' },
  { id: 'pattern-net', regimes: 'both' },
  { id: 'pattern-net', estimator: 'random' },
  { id: 'pattern-attribution', estimator: 'filter' },
  { id: 'pattern-attribution', estimator: 'identity' },
];
