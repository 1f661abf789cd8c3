import { type Network, type SampleSource, type TensorRecord } from '@patternlens/core';
import { type FittedLayer, neuronLayout } from '@patternlens/core/network';
import { forEachBlock, type PassOptions } from './for-each-block.js';
import { biasOf } from './bias-of.js';
import type { LayerPort } from './trace-layer-values.js';
import { unfolding } from './unfold.js';

/** Some samples (and positions) of a layer. */
export interface LayerColumns {
  readonly count: number;
  /** `[groups * inputs, count]`. */
  readonly x: Float64Array;
  /** Pre-activations of the chosen neurons, and the same where they fire: `[chosen, count]`. */
  readonly y: Float64Array;
  readonly positive: Float64Array;
}

/** Numbers of one lot of columns: 32 MB. */
const LOT = 2 ** 22;

/** A layer's inputs and the pre-activations of some neurons, passed over as often as is asked for. */
export interface ColumnReader {
  readonly each: (visit: (columns: LayerColumns) => Promise<void>) => Promise<void>;
}

/** Reads columns from the data. What the layer read and made is kept where `memory` bytes hold it; else the forward pass runs anew each time. */
export function columnReader(
  network: Network,
  layer: FittedLayer,
  data: SampleSource,
  chosen: readonly number[],
  memory: number,
  options: PassOptions,
): ColumnReader {
  const { inputs, groups, neurons } = neuronLayout(layer);
  const output = network.shapes.get(layer.output)!;
  const { positions, write } = unfolding(layer, network.shapes.get(layer.inputs[0]!)!, output);
  const bias = biasOf(layer, neurons);
  const dense = layer.kind === 'dense';
  const lot = Math.max(1, Math.floor(LOT / (groups * inputs)));
  let kept: { results: TensorRecord; port: LayerPort; samples: number }[] | undefined = [];
  let whole = false,
    bytes = 0;

  const cut = async (
    results: TensorRecord,
    { x, y }: LayerPort,
    samples: number,
    visit: (columns: LayerColumns) => Promise<void>,
  ): Promise<void> => {
    const [from, made] = [results[x]!.data, results[y]!.data];
    const eachX = from.length / samples,
      eachY = made.length / samples;
    const total = samples * positions;
    for (let first = 0; first < total; first += lot) {
      const count = Math.min(lot, total - first);
      const rows = new Float64Array(groups * inputs * count);
      const preactivations = new Float64Array(chosen.length * count),
        positive = new Float64Array(chosen.length * count);
      for (let at = 0; at < count;) {
        const sample = Math.floor((first + at) / positions),
          start = (first + at) % positions;
        const end = Math.min(positions, start + count - at);
        write(from.subarray(sample * eachX, (sample + 1) * eachX), start, end, rows, count, at);
        for (const [row, neuron] of chosen.entries())
          for (let position = start; position < end; position++) {
            const place = dense ? position * neurons + neuron : neuron * positions + position;
            const value = made[sample * eachY + place]!;
            const to = row * count + at + position - start;
            preactivations[to] = value;
            if (value + bias[dense ? place % bias.length : neuron]! > 0) positive[to] = value;
          }
        at += end - start;
      }
      await visit({ count, x: rows, y: preactivations, positive });
    }
  };

  return {
    each: async (visit) => {
      if (whole && kept) {
        for (const { results, port, samples } of kept) await cut(results, port, samples, visit);
        return;
      }
      await forEachBlock(network, [layer], data, options, async (results, [port], samples) => {
        bytes += results[port!.x]!.data.byteLength + results[port!.y]!.data.byteLength;
        if (bytes > memory) kept = undefined;
        kept?.push({ results, port: port!, samples });
        await cut(results, port!, samples, visit);
      });
      whole = kept !== undefined;
      bytes = 0;
    },
  };
}
