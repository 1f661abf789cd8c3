import { fitPatterns, type Backend, type Network, type PatternSet } from '@patternlens/core';
import { networkInputs } from './network-sample.js';

/** Samples that patterns are fitted on: two whole blocks and a part of one. */
export const FITTED_SAMPLES = 21;

/** Patterns of small networks, fitted on the reference once. */
const fitted = new WeakMap<Backend, WeakMap<Network, Promise<PatternSet>>>();

export function fittedPatterns(network: Network, reference: Backend): Promise<PatternSet> {
  const ofReference = fitted.get(reference) ?? new WeakMap<Network, Promise<PatternSet>>();
  fitted.set(reference, ofReference);
  const before = ofReference.get(network);
  if (before) return before;
  const made = fitPatterns(network, [networkInputs(network, FITTED_SAMPLES, 900)], {
    backend: reference,
  });
  ofReference.set(network, made);
  return made;
}
