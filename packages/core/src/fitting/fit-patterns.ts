import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkOptions, type OptionKinds } from '../arguments/check-options.js';
import { BACKEND } from '../backend/backend-kind.js';
import type { Network } from '../network/network.js';
import { NETWORK } from '../network/network-kind.js';
import type { EstimateOptions } from '../patterns/estimate-pattern.js';
import { fitMoments, type FitMomentsOptions } from '../patterns/fitting/fit-moments.js';
import type { PatternSet } from '../patterns/pattern-set.js';
import { RESOLVE_KINDS, resolveGiven, type ResolveOptions } from '../plugins/resolve-network.js';
import type { SampleData } from '../tensor/block-reader.js';
import { estimatePatterns } from './estimate-patterns.js';

/** How to fit: the backend, how much of the data, memory, checkpoints, estimators, and what to do to the network before (`ResolveOptions`, for a network that
 * is not resolved). */
export interface FitOptions extends FitMomentsOptions, EstimateOptions, ResolveOptions {
  /** Identifies the preprocessing of the inputs, such as `preprocessingHash` of `@patternlens/data`; kept with the patterns. */
  readonly preprocessing?: string | undefined;
  /** Leave the moments out of the result, which can then not be merged with others. */
  readonly withoutMoments?: boolean | undefined;
}

const FIT_KINDS: OptionKinds<FitOptions> = {
  ...RESOLVE_KINDS,
  backend: BACKEND,
  limit: expects.limit,
  shard: expects.object,
  memory: expects.between(0, Infinity),
  signal: expects.signal,
  onProgress: expects.call,
  onCheckpoint: expects.call,
  checkpointSeconds: expects.between(0, Infinity),
  resume: expects.object,
  store: expects.object,
  estimators: expects.list,
  fallbackBelow: expects.between(0, Infinity),
  preprocessing: expects.text,
  withoutMoments: expects.flag,
};

/** Fits the patterns of every linear layer of a network, for all fitted estimators in one pass over the data
 * (Kindermans et al. 2017, equations 4 and 8).
 * @param data Batches of inputs in the model's own layout, in any sizes, or a source of samples.
 * @returns Directions, counts and moments of each layer, in the layout of its weights.
 * @throws PatternLensError `cancelled` once the signal is aborted; `empty-data` where there are no samples; `not-finite` where an input or a sum is not finite;
 * `invalid-shape` where inputs do not fit; `invalid-argument` for options that are out of range; `backend-failed`. */
export async function fitPatterns(
  network: Network,
  data: SampleData,
  options: FitOptions,
): Promise<PatternSet> {
  checkArgument('core', 'fitPatterns: network', network, NETWORK);
  checkOptions('core', 'fitPatterns', options, FIT_KINDS);
  const resolved = resolveGiven(network, options);
  const { samples, passes, store } = await fitMoments(resolved, data, options);
  const ranges = passes.flat().map((range) => ({ range, moments: () => store.get(range) }));
  return estimatePatterns(resolved, samples, ranges, options);
}
