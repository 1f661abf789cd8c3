import { unbroadcast } from '../layers/kinds/unbroadcast.js';
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

/** Passes what comes back to the input unchanged, summed where the layer repeats its input. */
export const normaliserRule: Rule = {
  name: 'normaliser',
  backward: ({ ops, inputs }, r) => inputs.map(({ shape }) => unbroadcast(ops, r, shape)),
};
