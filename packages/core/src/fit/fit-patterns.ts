import { canonize, type CanonizeOptions } from '../canonizers/canonize.js';
import type { Network } from '../network/network.js';
import { isFitted } from '../layers/layer.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import {
  estimatePattern,
  FITTED_ESTIMATORS,
  type EstimateOptions,
} from '../patterns/estimate-patterns.js';
import { fingerprintOf } from '../patterns/fingerprint.js';
import type { Pattern, PatternSet } from '../patterns/pattern-set.js';
import type { SampleData } from './block-reader.js';
import { fitMoments, type FitMomentsOptions, type FittedMoments } from './fit-moments.js';
import { joinNeurons } from './moments-store.js';

export interface FitOptions extends FitMomentsOptions, EstimateOptions, CanonizeOptions {
  /** Which preprocessing the inputs went through; kept with the patterns. */
  readonly preprocessing?: string | undefined;
  /** Leave the moments out of the result, which can then not be merged with others. */
  readonly withoutMoments?: boolean | undefined;
}

/** The moments of whole layers, out of those of finished passes. */
export async function collectMoments(
  network: Network,
  { passes, store }: FittedMoments,
): Promise<Map<string, LayerMoments>> {
  const ranges = passes.flat();
  const moments = new Map<string, LayerMoments>();
  for (const layer of network.layers.filter(isFitted)) {
    const parts: LayerMoments[] = [];
    for (const range of ranges.filter((own) => own.layer.name === layer.name))
      parts.push(await store.get(range));
    moments.set(layer.name, joinNeurons(parts));
  }
  return moments;
}

/** Fits the patterns of every linear layer of a network, for both estimators in one pass over the data
 * (Kindermans et al. 2017, equations 4 and 8).
 * @param data Batches of inputs in the model's own layout, in any sizes, or a source of samples.
 * @throws PatternLensError `cancelled`, `empty-data`, `not-finite`, `invalid-argument`. */
export async function fitPatterns(
  network: Network,
  data: SampleData,
  options: FitOptions,
): Promise<PatternSet> {
  const canonical = canonize(network, options);
  const fitted = await fitMoments(canonical, data, options);
  const moments = await collectMoments(canonical, fitted);
  const layers = new Map<string, Pattern>();
  for (const layer of canonical.layers.filter(isFitted))
    layers.set(layer.name, estimatePattern(layer, moments.get(layer.name)!, options));
  return {
    fingerprint: fingerprintOf(canonical),
    layers,
    samples: fitted.samples,
    estimators: options.estimators ?? FITTED_ESTIMATORS,
    ...(options.withoutMoments === true ? {} : { moments }),
    ...(options.preprocessing === undefined ? {} : { preprocessing: options.preprocessing }),
  };
}
