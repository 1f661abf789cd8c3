import type { Network, SampleSource } from '@patternlens/core';
import type { DoubleProduct } from '@patternlens/core/backend';
import type { FittedLayer } from '@patternlens/core/network';
import { forEachBlock, type PassOptions } from '../values/for-each-block.js';
import { MomentsGatherer, type SecondMoments } from './second-moments.js';

/** The second moments of some layers over all samples of a split. */
export async function gatherMoments(
  network: Network,
  layers: readonly FittedLayer[],
  data: SampleSource,
  product: DoubleProduct,
  options: PassOptions,
): Promise<ReadonlyMap<FittedLayer, SecondMoments>> {
  const gatherers = layers.map(
    (layer) =>
      new MomentsGatherer(
        layer,
        network.shapes.get(layer.inputs[0]!)!,
        network.shapes.get(layer.output)!,
        product,
      ),
  );
  await forEachBlock(network, layers, data, options, async (results, ports, samples) => {
    for (const [at, { x, y }] of ports.entries())
      await gatherers[at]!.add(results[x]!, results[y]!, samples);
  });
  const moments = new Map<FittedLayer, SecondMoments>();
  for (const [at, layer] of layers.entries()) moments.set(layer, await gatherers[at]!.finish());
  return moments;
}
