import type { Layer, LayerOf } from '../layers/layer.js';
import { changeNetwork, makerOf, type Network } from '../network/network.js';
import { repeat, type Canonizer } from './canonizer.js';

function isZeroSpatialPad(layer: Layer | undefined): layer is LayerOf<'pad'> {
  if (layer?.kind !== 'pad') return false;
  const { begin, end, value } = layer.attributes;
  return (
    value === 0 &&
    begin.slice(0, 2).every((size) => size === 0) &&
    end.slice(0, 2).every((size) => size === 0)
  );
}

const sum = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((size, axis) => size + b[axis]!);

function mergeOne(network: Network): Network | undefined {
  for (const layer of network.layers) {
    if (layer.kind !== 'convolution') continue;
    const pad = makerOf(network, layer.inputs[0]!);
    if (!isZeroSpatialPad(pad)) continue;
    const { attributes } = layer;
    const merged: Layer = {
      ...layer,
      inputs: pad.inputs,
      attributes: {
        ...attributes,
        padsBegin: sum(attributes.padsBegin, pad.attributes.begin.slice(2)),
        padsEnd: sum(attributes.padsEnd, pad.attributes.end.slice(2)),
      },
    };
    const layers = network.layers.map((entry) => (entry === layer ? merged : entry));
    const read =
      layers.some((entry) => entry.inputs.includes(pad.output)) ||
      network.outputs.includes(pad.output);
    return changeNetwork(network, {
      layers: read ? layers : layers.filter((entry) => entry !== pad),
      changes: [`pad "${pad.name}" made the padding of convolution "${layer.name}"`],
    });
  }
  return undefined;
}

/** A pad with zeros before a convolution is the convolution's padding: its border patches count in moments. */
export const mergePadding: Canonizer = { name: 'merge-padding', apply: repeat(mergeOne) };
