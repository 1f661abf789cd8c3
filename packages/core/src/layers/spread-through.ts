import type { Shape } from '../tensor/shape.js';
import type { Layer } from './layer.js';
import { channelsOf, fitChannels, gateSpread, scaleSpread, type Spread } from './spread.js';

/** What is expected to come back to one input of a layer that carries no power of two of its own.
 * @param open the share of positions where each channel of a rectifier's input is positive */
export function spreadThrough(
  layer: Layer,
  spread: Spread,
  index: number,
  shapes: { readonly inputs: readonly Shape[]; readonly output: Shape },
  open: () => number | ArrayLike<number>,
): Spread {
  const { channels, positions } = channelsOf(shapes.inputs[index]!);
  switch (layer.kind) {
    case 'rectifier':
      return gateSpread(spread, open());
    case 'concat':
      return layer.attributes.axis === 1
        ? part(spread, shapes.inputs, index)
        : fitChannels(spread, channels);
    case 'max-pool':
      return gateSpread(spread, channelsOf(shapes.output).positions / positions);
    case 'average-pool':
    case 'mean':
      return scaleSpread(spread, channelsOf(shapes.output).positions / positions);
    default:
      return fitChannels(spread, channels);
  }
}

function part(spread: Spread, inputs: readonly Shape[], index: number): Spread {
  const begin = inputs.slice(0, index).reduce((sum, shape) => sum + channelsOf(shape).channels, 0);
  const end = begin + channelsOf(inputs[index]!).channels;
  return { mean: spread.mean.slice(begin, end), square: spread.square.slice(begin, end) };
}
