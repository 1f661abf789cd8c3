import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkOptions, type OptionKinds } from '../arguments/check-options.js';
import { BACKEND } from '../backend/backend-kind.js';
import type { Backend } from '../backend/backend.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { type CancelSignal, throwIfCancelled } from '../errors/throw-if-cancelled.js';
import { layerNamed, type Network } from '../network/network.js';
import { NETWORK } from '../network/network-kind.js';
import { channelsAtOne, valueChannels } from '../network/value-channels.js';
import { traceForward } from '../network/trace-forward.js';
import { RESOLVE_KINDS, resolveGiven, type ResolveOptions } from '../plugins/resolve-network.js';
import { ProgramBuilder } from '../program/program-builder.js';
import { type SampleSource, SOURCE } from '../tensor/block-reader.js';
import { checkFinite } from '../tensor/check-finite.js';
import { product } from '../tensor/shape.js';
import { readRecord } from '../tensor/tensor-record.js';
import type { Tensor } from '../tensor/tensor.js';
import { explainedPart, valueName } from '../tracing/trace-method.js';

/** The strongest activation of a feature map by one sample. */
export interface Activation {
  /** The sample's number in the source. */
  readonly sample: number;
  /** Its place along the spatial axes, the first in row-major order on ties; empty where there are none. */
  readonly position: readonly number[];
  readonly value: number;
}

/** The samples that excite a feature map most, strongest first, equal ones in the order of the source. Only activations above zero count. */
export interface ChannelActivations {
  readonly channel: number;
  readonly strongest: readonly Activation[];
}

export interface StrongestOptions extends ResolveOptions {
  readonly backend: Backend;
  readonly layer: string;
  /** Samples kept for each feature map. */
  readonly top: number;
  /** Samples computed at once; default 8. */
  readonly batch?: number | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const KINDS: OptionKinds<StrongestOptions> = {
  ...RESOLVE_KINDS,
  backend: BACKEND,
  layer: expects.required(expects.text),
  top: expects.required(expects.whole(1)),
  batch: expects.whole(1),
  signal: expects.signal,
  onProgress: expects.call,
};

/** Puts an activation in its place among the strongest; those that were there first stay before equal ones. */
function insert(kept: Activation[], activation: Activation, top: number): void {
  if (
    !(activation.value > 0) ||
    (kept.length === top && !(activation.value > kept[top - 1]!.value))
  )
    return;
  let place = kept.length;
  while (place > 0 && activation.value > kept[place - 1]!.value) place--;
  kept.splice(place, 0, activation);
  if (kept.length > top) kept.pop();
}

function positionOf(flat: number, spatial: readonly number[]): number[] {
  let rest = product(spatial);
  return spatial.map((size) => {
    rest /= size;
    return Math.floor(flat / rest) % size;
  });
}

function takeBatch(value: Tensor, first: number, kept: readonly Activation[][], top: number): void {
  const [samples, channels, ...spatial] = value.shape as [number, number, ...number[]];
  const positions = product(spatial);
  for (let sample = 0; sample < samples; sample++) {
    for (let channel = 0; channel < channels; channel++) {
      const start = (sample * channels + channel) * positions;
      let best = 0;
      for (let at = 1; at < positions; at++)
        if (value.data[start + at]! > value.data[start + best]!) best = at;
      const activation = {
        sample: first + sample,
        position: positionOf(best, spatial),
        value: value.data[start + best]!,
      };
      insert(kept[channel]!, activation, top);
    }
  }
}

/** Finds the samples that excite each feature map of a layer most, by its largest value over all positions. The source is read once, batch by
 * batch; only numbers are kept, `top` a feature map.
 * @throws PatternLensError where there is no such layer, with the nearest name, `empty-data`, `not-finite`, or `cancelled`. */
export async function strongestActivations(
  network: Network,
  source: SampleSource,
  options: StrongestOptions,
): Promise<readonly ChannelActivations[]> {
  checkArgument('core', 'strongestActivations: network', network, NETWORK);
  checkArgument('core', 'strongestActivations: source', source, SOURCE);
  checkOptions('core', 'strongestActivations', options, KINDS);
  const { backend, layer, top, batch = 8, signal, onProgress } = options;
  if (source.count === 0)
    throw new PatternLensError(
      'core',
      'empty-data',
      'activations: there are no samples. Give at least one.',
    );
  const resolved = resolveGiven(network, options);
  const explained = explainedPart(resolved, layer);
  const { output } = layerNamed(explained, layer);
  const ops = new ProgramBuilder();
  const name = valueName(layer);
  const traced = traceForward(ops, explained).values.get(output)!;
  const axis = valueChannels(resolved, output);
  const turned =
    axis === 1 ? traced : ops.transpose(traced, channelsAtOne(traced.shape.length, axis));
  const channels = turned.shape[1] as number;
  ops.output(name, turned);
  const executable = await backend.compile(ops.build());
  const kept = Array.from({ length: channels }, (): Activation[] => []);
  try {
    for (let first = 0; first < source.count; first += batch) {
      throwIfCancelled(
        signal,
        'core',
        () => `activations: cancelled after ${first} of ${source.count} samples.`,
      );
      const count = Math.min(batch, source.count - first);
      const given = await readRecord(network, source.read(first, count));
      const { [name]: value } = await executable.run(
        Object.fromEntries(explained.inputs.map((input) => [input.name, given[input.name]!])),
      );
      checkFinite(`layer "${layer}"`, value!);
      takeBatch(value!, first, kept, top);
      onProgress?.(first + count, source.count);
    }
  } finally {
    await executable.dispose();
  }
  return kept.map((strongest, channel) => ({ channel, strongest }));
}
