import { product } from '../../tensor/shape.js';
import type { Layer } from '../layer.js';
import {
  type Box,
  cut,
  flatIndices,
  type Range,
  spanOf,
  union,
  whole,
  wholeBox,
  withRanges,
} from './box.js';
import { transposedRanges, windowRanges } from './window-ranges.js';

/** Sizes of the layer's values, the batch as 1. */
export interface ReachShapes {
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
}

/** What a layer reads of each of its inputs to make a box of its value: the least boxes; undefined for an input of which it reads nothing. */
export function layerReach(layer: Layer, box: Box, shapes: ReachShapes): (Box | undefined)[] {
  const [first] = shapes.inputs as [readonly number[]];
  const one = (replaced: Readonly<Record<number, Range | undefined>>): (Box | undefined)[] => [
    withRanges(
      box,
      new Map(Object.entries(replaced).map(([axis, range]) => [Number(axis), range])),
    ),
  ];
  const spatial = (ranges: readonly (Range | undefined)[]): Record<number, Range | undefined> =>
    Object.fromEntries(ranges.map((range, axis) => [axis + 2, range]));
  const wholeAxes = (axes: readonly number[]): (Box | undefined)[] =>
    one(Object.fromEntries(axes.map((axis) => [axis, whole(first[axis]!)])));
  switch (layer.kind) {
    case 'dense':
      return wholeAxes([first.length - 1]);
    case 'convolution': {
      const { shape } = layer.parameters['weights']!.tensor;
      const outputs = shape[0]! / layer.attributes.groups;
      const ranges = windowRanges(box, shape.slice(2), layer.attributes, first);
      return one({ 1: groupsOf(box[1]!, outputs, shape[1]!), ...spatial(ranges) });
    }
    case 'transposed-convolution': {
      const { shape } = layer.parameters['weights']!.tensor;
      const inputs = shape[0]! / layer.attributes.groups;
      const ranges = transposedRanges(box, shape.slice(2), layer.attributes, first);
      return one({ 1: groupsOf(box[1]!, shape[1]!, inputs), ...spatial(ranges) });
    }
    case 'max-pool':
    case 'average-pool':
      return one(spatial(windowRanges(box, layer.attributes.kernel, layer.attributes, first)));
    case 'local-response-normalisation': {
      const { size } = layer.attributes;
      const before = Math.floor((size - 1) / 2);
      const { from, to } = box[1]!;
      return one({ 1: cut({ from: from - before, to: to + size - 1 - before }, 0, first[1]!) });
    }
    case 'softmax':
    case 'log-softmax':
      return wholeAxes([layer.attributes.axis]);
    case 'mean':
    case 'sum':
    case 'maximum-over-axes':
      return wholeAxes(layer.attributes.axes);
    case 'concat':
      return concatenated(box, shapes.inputs, layer.attributes.axis);
    case 'reshape':
      return [reshaped(box, shapes.output, first)];
    case 'transpose': {
      const { permutation } = layer.attributes;
      return [first.map((_, axis) => box[permutation.indexOf(axis)]!)];
    }
    case 'slice': {
      const { starts, steps } = layer.attributes;
      return [
        box.map(({ from, to }, axis) => ({
          from: starts[axis]! + from * steps[axis]!,
          to: starts[axis]! + (to - 1) * steps[axis]! + 1,
        })),
      ];
    }
    case 'pad': {
      const { begin } = layer.attributes;
      const ranges = box.map(({ from, to }, axis) =>
        cut({ from: from - begin[axis]!, to: to - begin[axis]! }, 0, first[axis]!),
      );
      return one(Object.fromEntries(ranges.entries()));
    }
    case 'gather': {
      const { axis, indices } = layer.attributes;
      return one({ [axis]: spanOf(indices.slice(box[axis]!.from, box[axis]!.to), first[axis]!) });
    }
    case 'resize':
      return one(
        Object.fromEntries(
          layer.attributes.axes.map(({ axis, matrix }) => [
            axis,
            nonZeroColumns(matrix.data, box[axis]!, matrix.shape[1]!),
          ]),
        ),
      );
    // A plug-in's layer may read anything.
    case 'custom':
      return shapes.inputs.map((shape) =>
        shape.map((size, axis) => (axis === 0 ? box[0]! : whole(size))),
      );
    case 'matrix-product': {
      const [a, b] = shapes.inputs as [readonly number[], readonly number[]];
      const left = box.with(-1, whole(a.at(-1)!));
      const right = box.with(-2, whole(b.at(-2)!));
      return [unbroadcast(left, a), unbroadcast(right, b)];
    }
    // Element by element, with broadcasting: what is read is where it is made.
    case 'scale':
    case 'batch-normalisation':
    case 'add-constant':
    case 'mask-constant':
    case 'rectifier':
    case 'activation':
    case 'pointwise':
    case 'add':
    case 'product':
    case 'quotient':
    case 'power':
    case 'maximum':
    case 'minimum':
    case 'expand':
    case 'dropout':
    case 'identity':
      return shapes.inputs.map((sizes) => unbroadcast(box, sizes));
  }
}

/** The input channels of the groups that a range of output channels lies in. */
const groupsOf = ({ from, to }: Range, outputs: number, inputs: number): Range => ({
  from: Math.floor(from / outputs) * inputs,
  to: (Math.floor((to - 1) / outputs) + 1) * inputs,
});

/** Axes that are repeated are read at their only index; leading axes that the input lacks are left out. */
const unbroadcast = (box: Box, sizes: readonly number[]): Box =>
  box.slice(box.length - sizes.length).map((range, axis) => (sizes[axis] === 1 ? whole(1) : range));

function concatenated(
  box: Box,
  inputs: readonly (readonly number[])[],
  axis: number,
): (Box | undefined)[] {
  let start = 0;
  return inputs.map((sizes) => {
    const size = sizes[axis]!;
    const { from, to } = box[axis]!;
    const own = cut({ from: from - start, to: to - start }, 0, size);
    start += size;
    return withRanges(box, new Map([[axis, own]]));
  });
}

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

function nonZeroColumns(
  matrix: ArrayLike<number>,
  rows: Range,
  columns: number,
): Range | undefined {
  function* read(): Generator<number> {
    for (let row = rows.from; row < rows.to; row++)
      for (let column = 0; column < columns; column++)
        if (matrix[row * columns + column] !== 0) yield column;
  }
  return spanOf(read(), columns);
}
