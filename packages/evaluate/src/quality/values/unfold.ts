import { type Shape } from '@patternlens/core';
import { type FittedLayer, neuronLayout } from '@patternlens/core/network';
import { product, sizeOf } from '@patternlens/core/tensor';
import { forEachIndex } from './for-each-index.js';

/** How one sample of a layer's input becomes columns, one a position; each row is one input of a neuron, group by group. */
export interface Unfolding {
  readonly positions: number;
  /** Writes the columns of positions `from` to `to` into rows of length `stride`, from column `at` on. */
  readonly write: (
    sample: ArrayLike<number>,
    from: number,
    to: number,
    rows: Float64Array,
    stride: number,
    at: number,
  ) => void;
}

/** For each kernel offset and position, where in a channel's plane the input is: -1 in the padding, or between stuffed zeros. */
function meetings(
  layer: Exclude<FittedLayer, { kind: 'dense' }>,
  input: readonly number[],
  output: readonly number[],
): Int32Array {
  const kernel = layer.parameters['weights']!.tensor.shape.slice(2);
  const { strides, dilations, padsBegin } = layer.attributes;
  const transposed = layer.kind === 'transposed-convolution';
  const places = new Int32Array(product(kernel) * product(output));
  let next = 0;
  forEachIndex(kernel, (offset) => {
    forEachIndex(output, (position) => {
      let place = 0;
      for (let axis = 0; axis < input.length && place >= 0; axis++) {
        const reach = offset[axis]! * dilations[axis]! - padsBegin[axis]!;
        const at = transposed
          ? (position[axis]! - reach) / strides[axis]!
          : position[axis]! * strides[axis]! + reach;
        const inside = Number.isInteger(at) && at >= 0 && at < input[axis]!;
        place = inside ? place * input[axis]! + at : -1;
      }
      places[next++] = place;
    });
  });
  return places;
}

function unfoldDense(inputs: number, positions: number): Unfolding {
  return {
    positions,
    write: (sample, from, to, rows, stride, at) => {
      for (let position = from; position < to; position++)
        for (let input = 0; input < inputs; input++)
          rows[input * stride + at + position - from] = sample[position * inputs + input]!;
    },
  };
}

/** How the layer's input of the given shape is unfolded: every position is a sample, padded borders included. */
export function unfolding(layer: FittedLayer, input: Shape, output: Shape): Unfolding {
  if (layer.kind === 'dense')
    return unfoldDense(neuronLayout(layer).inputs, sizeOf(output.slice(1, -1)) as number);
  const [from, to] = [input.slice(2) as number[], output.slice(2) as number[]];
  const places = meetings(layer, from, to);
  const channels = input[1] as number;
  const plane = product(from),
    positions = product(to),
    offsets = places.length / positions;
  return {
    positions,
    write: (sample, first, last, rows, stride, at) => {
      for (let channel = 0; channel < channels; channel++) {
        const start = channel * plane;
        for (let offset = 0; offset < offsets; offset++) {
          const table = offset * positions;
          let to = (channel * offsets + offset) * stride + at;
          for (let position = first; position < last; position++) {
            const place = places[table + position]!;
            rows[to++] = place < 0 ? 0 : sample[start + place]!;
          }
        }
      }
    },
  };
}
