import {
  type Backend,
  type CancelSignal,
  checkFinite,
  type DoubleProduct,
  type FittedLayer,
  type Network,
  readBlocks,
  type SampleSource,
  type TensorRecord,
  throwIfCancelled,
} from '@patternlens/core';
import { MomentsGatherer, type SecondMoments } from './second-moments.js';
import { traceLayerValues, type LayerPort } from '../values/trace-layer-values.js';

export interface PassOptions {
  readonly backend: Backend;
  readonly signal?: CancelSignal | undefined;
  readonly onSamples?: ((done: number) => void) | undefined;
}

/** Runs the forward pass over all samples in blocks, and hands on what the layers read and made.
 * @throws PatternLensError `cancelled`, `not-finite`. */
export async function forEachBlock(
  network: Network,
  layers: readonly FittedLayer[],
  data: SampleSource,
  { backend, signal, onSamples }: PassOptions,
  visit: (results: TensorRecord, ports: readonly LayerPort[], samples: number) => Promise<void>,
): Promise<void> {
  const { program, ports } = traceLayerValues(network, layers);
  const executable = await backend.compile(program);
  let done = 0;
  try {
    for await (const block of readBlocks(network, data, Infinity, () => true)) {
      throwIfCancelled(signal, 'evaluate', () => 'measuring the quality was cancelled.');
      for (const [name, value] of Object.entries(block.inputs))
        checkFinite(`input "${name}", samples from ${done}`, value);
      const results = await executable.run(block.inputs);
      for (const { layer, y } of ports)
        checkFinite(`layer "${layer.name}", samples from ${done}`, results[y]!);
      await visit(results, ports, block.samples);
      done += block.samples;
      onSamples?.(done);
    }
  } finally {
    await executable.dispose();
  }
}

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
