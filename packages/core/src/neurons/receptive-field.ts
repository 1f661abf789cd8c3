import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { NeuronTarget } from '../explain/target.js';
import { type Box, type Range, union } from '../layers/reach/box.js';
import { definitionOf } from '../layers/definition-of.js';
import { layerNamed, type Network } from '../network/network.js';
import { NETWORK } from '../network/network-kind.js';
import { valueChannels } from '../network/value-channels.js';
import type { Shape } from '../tensor/shape.js';

const NEURON = expects.required(
  expects.having(
    'a neuron',
    ['layer', 'channel', 'position'],
    'Write { layer: "conv1", channel: 0, position: [0, 0] }.',
  ),
);

export type { Range } from '../layers/reach/box.js';

/** The batch is one sample. */
const sizesOf = (shape: Shape): number[] => [1, ...(shape.slice(1) as number[])];

/** The part of each input that a neuron depends on: for every axis but the batch a range that holds it, cut at the input's borders: the
 * least range, unless gaps (of dilated windows, of gathered indices) meet a border on the way. Inputs that the neuron does not depend on are left out.
 * @throws PatternLensError `invalid-argument` where the network has no such neuron. */
export function receptiveField(
  network: Network,
  neuron: NeuronTarget,
): ReadonlyMap<string, readonly Range[]> {
  checkArgument('core', 'receptiveField: network', network, NETWORK);
  checkArgument('core', 'receptiveField: neuron', neuron, NEURON);
  const { layer, channel, position } = neuron;
  checkArgument('core', 'receptiveField: position', position, expects.required(expects.list));
  const made = layerNamed(network, layer);
  const sizes = sizesOf(network.shapes.get(made.output)!);
  const channels = sizes.length < 2 ? 1 : valueChannels(network, made.output);
  const index =
    sizes.length < 2
      ? [0]
      : [0, ...position.slice(0, channels - 1), channel, ...position.slice(channels - 1)];
  const fits =
    index.length === sizes.length &&
    index.every((at, axis) => Number.isInteger(at) && at >= 0 && at < sizes[axis]!);
  if (!fits)
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `neuron ${channel} at [${position.join(', ')}] of layer "${layer}" is out of range: its value is ${sizes.slice(1).join(' x ')}. Give a channel and one index for each further axis.`,
      { layer },
    );
  const boxes = new Map<string, Box>([
    [made.output, index.map((at) => ({ from: at, to: at + 1 }))],
  ]);
  for (const current of network.layers.toReversed()) {
    const box = boxes.get(current.output);
    if (!box) continue;
    const shapes = {
      inputs: current.inputs.map((name) => sizesOf(network.shapes.get(name)!)),
      output: sizesOf(network.shapes.get(current.output)!),
    };
    definitionOf(current)
      .reach(current, box, shapes)
      .forEach((reach, at) => {
        if (!reach) return;
        const name = current.inputs[at]!;
        const before = boxes.get(name);
        boxes.set(name, before ? union(before, reach) : reach);
      });
  }
  return new Map(
    network.inputs.flatMap(({ name }) => {
      const box = boxes.get(name);
      return box ? [[name, box.slice(1)] as const] : [];
    }),
  );
}
