import {
  throwIfCancelled,
  type Backend,
  type CancelSignal,
  type Network,
  type SampleSource,
  type TensorRecord,
} from '@patternlens/core';
import { type FittedLayer } from '@patternlens/core/network';
import { readBlocks } from '@patternlens/core/patterns';
import { checkFinite } from '@patternlens/core/tensor';
import { traceLayerValues, type LayerPort } from './trace-layer-values.js';

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
