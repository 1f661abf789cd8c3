import type { Rule } from './rule.js';

/** The layer's own gradient, or transpose: `transpose(r, w)` for linear layers, the winner for pools, the slope for activations. */
export const gradientRule: Rule = {
  name: 'gradient',
  backward: ({ gradient }, r) => gradient(r),
};

/** Passes what comes back to every input unchanged. */
export const passRule: Rule = {
  name: 'pass',
  backward: ({ inputs }, r) => inputs.map(() => r),
};
