import { formatDim, isBatch, sameShape, type Dim } from '@patternlens/core';
import { concatenate } from '../build/elementwise.js';
import {
  addAxis,
  dropAxes,
  ownAxis,
  pad as padded,
  permute,
  reshape as reshaped,
  slice as sliced,
} from '../build/layout.js';
import { resize } from '../build/resize.js';
import type { ImportContext } from '../import-context.js';
import { LARGEST_CONSTANT } from '../limits.js';
import { axisInOrder } from '../order.js';
import type { RuntimeValue } from '../values.js';
import { knownSizes } from './known-values.js';
import type { NodeView } from './node-view.js';
import type { Operation } from './operation.js';
import { reshapeTo } from './reshape-to.js';
import { stridedSlice } from './slice-ranges.js';

const range = (size: number): number[] => Array.from({ length: size }, (_, at) => at);

const reshape: Operation = (node, context) => {
  const x = node.runtime(0);
  const shape = reshapeTo(node, x.shape, node.dims(1, 'shape'), context.batchWasFixed);
  return sameShape(shape, x.shape) ? x : reshaped(context, node, x, shape);
};

const transpose: Operation = (node, context) => {
  const x = node.runtime(0);
  const permutation = node.fixed(1, 'permutation').map((axis) => node.axis(axis, x.shape.length));
  return permutation.every((axis, at) => axis === at) ? x : permute(context, node, x, permutation);
};

const expandDims: Operation = (node, context) => {
  const x = node.runtime(0);
  return addAxis(context, node, x, node.axis(node.fixedNumber(1, 'axis'), x.shape.length + 1));
};

const squeeze: Operation = (node, context) => {
  const x = node.runtime(0);
  const given = node.ints('squeeze_dims') ?? node.ints('axis') ?? [];
  const axes =
    given.length > 0
      ? given.map((axis) => node.axis(axis, x.shape.length))
      : range(x.shape.length).filter((axis) => x.shape[axis] === 1);
  return dropAxes(context, node, x, axes);
};

const concat: Operation = (node, context) => {
  const last = node.inputs.length - 1;
  const values = node.inputs.slice(0, last).map((_, index) => node.runtime(index));
  return concatenate(context, node, values, node.fixedNumber(last, 'axis'));
};

const pack: Operation = (node, context) => {
  const rank = node.runtime(0).shape.length;
  const axis = node.axis(node.int('axis', 0), rank + 1);
  const values = node.inputs.map((_, index) =>
    addAxis(context, node, node.runtime(index), axis, `axis-${index}`),
  );
  return concatenate(context, node, values, axis);
};

/** Parts of an axis with the given sizes. */
function split(
  node: NodeView,
  context: ImportContext,
  x: RuntimeValue,
  axis: number,
  sizes: readonly number[],
): RuntimeValue[] {
  const total = x.shape[axis] as number;
  if (sizes.reduce((sum, size) => sum + size, 0) !== total || sizes.some((size) => size < 1))
    node.invalid(`parts of ${sizes.join(', ')} do not make an axis of ${total}.`);
  let start = 0;
  return sizes.map((size, index) => {
    const part = sliced(context, node, x, {
      starts: x.shape.map((_, own) => (own === axis ? start : 0)),
      sizes: x.shape.map((dim, own) => (own === axis ? size : dim)),
      word: index === 0 ? undefined : `part-${index + 1}`,
    });
    start += size;
    return part;
  });
}

const splitEvenly: Operation = (node, context) => {
  const x = node.runtime(1);
  const axis = ownAxis(node, x, node.fixedNumber(0, 'axis'));
  const parts = node.int('num_split', 1);
  if (parts < 1 || parts > (x.shape[axis] as number))
    return node.invalid(`it splits an axis of ${formatDim(x.shape[axis])} into ${parts}.`);
  return split(
    node,
    context,
    x,
    axis,
    new Array<number>(parts).fill((x.shape[axis] as number) / parts),
  );
};

const splitSizes: Operation = (node, context) => {
  const x = node.runtime(0);
  const axis = ownAxis(node, x, node.fixedNumber(2, 'axis'));
  const sizes = node.fixed(1, 'sizes');
  const known = sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
  const rest = (x.shape[axis] as number) - known;
  return split(
    node,
    context,
    x,
    axis,
    sizes.map((size) => (size === -1 ? rest : size)),
  );
};

const unpack: Operation = (node, context) => {
  const x = node.runtime(0);
  const axis = ownAxis(node, x, node.int('axis', 0));
  const parts = split(node, context, x, axis, new Array<number>(x.shape[axis] as number).fill(1));
  return parts.map((part, index) => dropAxes(context, node, part, [axis], `entry-${index + 1}`));
};

const strided: Operation = (node, context) => {
  const x = node.runtime(0);
  const { ranges, shape } = stridedSlice(node, x.shape);
  const whole = ranges.every(({ size, step }, axis) => size === x.shape[axis] && step === 1);
  const changesAxes = shape.length !== ranges.length || ranges.some(({ dropped }) => dropped);
  const taken = whole
    ? x
    : sliced(context, node, x, {
        starts: ranges.map(({ start }) => start),
        sizes: ranges.map(({ size }) => size),
        steps: ranges.map(({ step }) => step),
        word: changesAxes ? 'slice' : undefined,
      });
  return changesAxes ? reshaped(context, node, taken, shape) : taken;
};

const slice: Operation = (node, context) => {
  const x = node.runtime(0);
  const starts = node.fixed(1, 'begin'),
    given = node.dims(2, 'size');
  if (starts.length !== x.shape.length || given.length !== x.shape.length)
    node.invalid('its begin and size do not name every axis.');
  const sizes = x.shape.map((dim, axis): Dim => {
    const size = given[axis]!;
    if (!isBatch(dim)) return size === -1 ? dim - starts[axis]! : size;
    const whole = starts[axis] === 0 && (size === -1 || isBatch(size));
    return whole ? dim : node.unsupported('it cuts the batch axis.');
  });
  return sliced(context, node, x, { starts, sizes });
};

/** Entries of an axis in another order, or repeated. */
function gathered(
  node: NodeView,
  context: ImportContext,
  x: RuntimeValue,
  given: number,
  indices: readonly number[],
  word?: string,
): RuntimeValue {
  const axis = ownAxis(node, x, given);
  const size = x.shape[axis] as number;
  const own = indices.map((index) => (index < 0 ? index + size : index));
  if (own.some((index) => index < 0 || index >= size) || own.length > LARGEST_CONSTANT)
    node.invalid(`its indices do not fit an axis of ${size}.`);
  return context.layer(
    node,
    'gather',
    {
      inputs: [x],
      attributes: { axis: axisInOrder(axis, x.shape.length, x.channelsFirst), indices: own },
      word,
    },
    x.channelsFirst,
  );
}

const gather: Operation = (node, context) => {
  const x = node.runtime(0);
  const axis = node.axis(node.inputs.length > 2 ? node.fixedNumber(2, 'axis') : 0, x.shape.length);
  const indices = node.constant(1, 'indices');
  const entries = Array.from(indices.tensor.data);
  if (indices.tensor.shape.length === 1) return gathered(node, context, x, axis, entries);
  const shape = [...x.shape.slice(0, axis), ...indices.tensor.shape, ...x.shape.slice(axis + 1)];
  return reshaped(context, node, gathered(node, context, x, axis, entries, 'entries'), shape);
};

const tile: Operation = (node, context) => {
  const x = node.runtime(0);
  const repeats = node.fixed(1, 'multiples');
  if (repeats.length !== x.shape.length || repeats.some((count) => count < 1))
    node.invalid(`its multiples [${repeats.join(', ')}] do not fit.`);
  return repeats.reduce((value, count, axis) => {
    if (count === 1) return value;
    const size = x.shape[axis]!;
    if (isBatch(size)) return node.unsupported('it repeats the batch.');
    if (size * count > LARGEST_CONSTANT)
      node.invalid(`it repeats an axis of ${size} ${count} times.`);
    return gathered(
      node,
      context,
      value,
      axis,
      range(size * count).map((at) => at % size),
      `repeat-${axis}`,
    );
  }, x);
};

function bordersOf(node: NodeView, rank: number): { begin: number[]; end: number[] } {
  const given = node.fixed(1, 'paddings');
  if (given.length !== 2 * rank || given.some((size) => size < 0 || size > LARGEST_CONSTANT))
    node.invalid(`its paddings [${given.slice(0, 20).join(', ')}] do not fit ${rank} axes.`);
  return {
    begin: range(rank).map((axis) => given[2 * axis]!),
    end: range(rank).map((axis) => given[2 * axis + 1]!),
  };
}

const pad: Operation = (node, context) => {
  const x = node.runtime(0);
  const value = node.inputs.length > 2 ? (node.constant(2, 'value').tensor.data[0] ?? 0) : 0;
  return padded(context, node, x, bordersOf(node, x.shape.length), value);
};

/** Where an axis padded by its mirror image reads its entries; `SYMMETRIC` repeats the border. */
function mirrored(size: number, begin: number, end: number, symmetric: boolean): number[] {
  const period = symmetric ? 2 * size : Math.max(2 * size - 2, 1);
  return range(begin + size + end).map((at) => {
    const place = (((at - begin) % period) + period) % period;
    return place < size ? place : symmetric ? period - 1 - place : period - place;
  });
}

const mirrorPad: Operation = (node, context) => {
  const x = node.runtime(0);
  const { begin, end } = bordersOf(node, x.shape.length);
  const symmetric = node.string('mode', 'REFLECT') === 'SYMMETRIC';
  return x.shape.reduce<RuntimeValue>((value, size, axis) => {
    if (begin[axis] === 0 && end[axis] === 0) return value;
    if (isBatch(size)) return node.unsupported('it pads the batch axis.');
    const most = symmetric ? size : size - 1;
    if (begin[axis]! > most || end[axis]! > most)
      node.invalid(`it mirrors more than there is of an axis of ${size}.`);
    const places = mirrored(size, begin[axis]!, end[axis]!, symmetric);
    return gathered(node, context, value, axis, places, `mirror-${axis}`);
  }, x);
};

const resized =
  (mode: 'nearest' | 'bilinear'): Operation =>
  (node, context) => {
    const sizes = node.fixed(1, 'size');
    if (sizes.length !== 2) node.invalid('its size is not a height and a width.');
    return resize(context, node, node.runtime(0), {
      mode,
      alignCorners: node.flag('align_corners'),
      halfPixelCenters: node.flag('half_pixel_centers'),
      sizes: new Map(sizes.map((size, at) => [at + 1, size])),
    });
  };

export const layoutOperations: Readonly<Record<string, Operation>> = {
  ConcatV2: concat,
  ExpandDims: expandDims,
  GatherV2: gather,
  MirrorPad: mirrorPad,
  Pack: pack,
  Pad: pad,
  PadV2: pad,
  Reshape: reshape,
  ResizeBilinear: resized('bilinear'),
  ResizeNearestNeighbor: resized('nearest'),
  Shape: (node) => knownSizes(node.runtime(0).shape, false),
  Slice: slice,
  Split: splitEvenly,
  SplitV: splitSizes,
  Squeeze: squeeze,
  StridedSlice: strided,
  Tile: tile,
  Transpose: transpose,
  Unpack: unpack,
};
