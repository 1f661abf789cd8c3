import { product, type Shape } from '../../tensor/shape.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { type Box, flatIndices, union, wholeBox } from '../reach/box.js';

/** The least box of the input that holds all elements of a box of the value. */
function reshaped(box: Box, output: readonly number[], input: readonly number[]): Box {
  if (box.every(({ from, to }, axis) => from === 0 && to === output[axis])) return wholeBox(input);
  let least: Box | undefined;
  for (const flat of flatIndices(box, output)) {
    let rest = product(input);
    const point = input.map((size) => {
      rest /= size;
      const index = Math.floor(flat / rest) % size;
      return { from: index, to: index + 1 };
    });
    least = least ? union(least, point) : point;
  }
  return least!;
}

/** The same elements in another shape. */
export const reshape: LayerDefinition<{ readonly shape: Shape }> = {
  group: 'layout',
  axisOrder: 'unknown',
  forward: ({ attributes }, { ops, inputs }) => ops.reshape(inputs[0]!, attributes.shape),
  gradient: (_layer, { ops, inputs }, _output, r) => [ops.reshape(r, inputs[0]!.shape)],
  reach: (_layer, box, { inputs: [first], output }) => [reshaped(box, output, first!)],
  expectedMagnitude: passedMagnitude,
};
