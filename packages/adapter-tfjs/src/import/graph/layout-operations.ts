import { formatDim, isBatch, sameDim, sameShape, sizeOf, type Dim } from '@patternlens/core/tensor';
import {
  axisOfSample,
  build,
  knownSizes,
  range,
  shapeOf,
  sizeAlong,
  type Borders,
  type KnownValue,
  type Operation,
  type RuntimeValue,
} from '@patternlens/importing';
import { resize } from '../resize.js';
import type { TfjsNode } from './node-view.js';
import { stridedSlice } from './slice-ranges.js';

type TfjsOperation = Operation<TfjsNode>;

const reshape: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const shape = build.wantedShape(context, node, x, node.dimsAt(1, 'shape'));
  return sameShape(shape, x.shape) ? x : build.regarded(context, node, x, shape);
};

const transpose: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const permutation = node.fixedAt(1, 'permutation').map((axis) => node.axis(axis, x.shape.length));
  return permutation.every((axis, at) => axis === at)
    ? x
    : build.permute(context, node, x, permutation);
};

/** Where an `ExpandDims` puts its axis, counted in what it makes. */
export const newAxis = (node: TfjsNode): number =>
  node.axis(node.wholeAt(1, 'axis'), shapeOf(node.input(0)).length + 1);

/** The axes that a `Squeeze` drops: those that it names, else all of size 1. */
export function droppedAxes(node: TfjsNode): number[] {
  const shape = shapeOf(node.input(0));
  const given = node.ints('squeeze_dims') ?? node.ints('axis') ?? [];
  return given.length > 0
    ? given.map((axis) => node.axis(axis, shape.length))
    : range(shape.length).filter((axis) => shape[axis] === 1);
}

const concat: TfjsOperation = (node, context) => {
  const last = node.inputs.length - 1;
  const axis = node.wholeAt(last, 'axis');
  return last === 1 ? node.runtime(0) : build.join(context, node, last, axis);
};

const pack: TfjsOperation = (node, context) => {
  const axis = node.axis(node.int('axis', 0), node.runtime(0).shape.length + 1);
  const values = node.inputs.map((_, index) =>
    build.addAxes(context, node.part(`axis-${index}`), node.runtime(index), [axis]),
  );
  return values.length === 1 ? values[0]! : build.concatenate(context, node, values, axis);
};

const splitEvenly: TfjsOperation = (node, context) => {
  const x = node.runtime(1);
  const axis = axisOfSample(node, x, node.wholeAt(0, 'axis'));
  const size = sizeAlong(node, x.shape, axis);
  const parts = node.int('num_split', 1);
  if (parts < 1 || parts > size)
    return node.invalid(`it splits an axis of ${formatDim(size)} into ${parts}.`);
  return build.split(context, node, x, axis, new Array<number>(parts).fill(size / parts));
};

const splitSizes: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const axis = axisOfSample(node, x, node.wholeAt(2, 'axis'));
  const sizes = node.fixedAt(1, 'sizes');
  const known = sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
  const rest = sizeAlong(node, x.shape, axis) - known;
  const filled = sizes.map((size) => (size === -1 ? rest : size));
  return build.split(context, node, x, axis, filled);
};

const unpack: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const axis = axisOfSample(node, x, node.int('axis', 0));
  const ones = new Array<number>(sizeAlong(node, x.shape, axis)).fill(1);
  return build
    .split(context, node, x, axis, ones)
    .map(
      (part, index) =>
        part && build.dropAxes(context, node.part(`entry-${index + 1}`), part, [axis]),
    );
};

const strided: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const { ranges, shape } = stridedSlice(node, x.shape, context.fixedBatch);
  const whole = ranges.every(({ size, step }, axis) => size === x.shape[axis] && step === 1);
  const changesAxes = shape.length !== ranges.length || ranges.some(({ dropped }) => dropped);
  const taken = whole
    ? x
    : build.slice(context, changesAxes ? node.part('slice') : node, x, {
        starts: ranges.map(({ start }) => start),
        sizes: ranges.map(({ size }) => size),
        steps: ranges.map(({ step }) => step),
      });
  return changesAxes ? build.reshape(context, node, taken, shape) : taken;
};

/** What a `Slice` takes of every axis. */
export function sliceOf(
  node: TfjsNode,
  shape: readonly Dim[],
  fixedBatch = NaN,
): { starts: readonly number[]; sizes: readonly Dim[] } {
  const starts = node.fixedAt(1, 'begin'),
    given = node.dimsAt(2, 'size');
  if (starts.length !== shape.length || given.length !== shape.length)
    node.invalid('its begin and size do not name every axis.');
  const sizes = shape.map((dim, axis): Dim => {
    const size = given[axis]!;
    if (!isBatch(dim)) return size === -1 ? dim - starts[axis]! : size;
    const all = size === -1 || sameDim(size, dim) || size === dim.batch * fixedBatch;
    const whole = starts[axis] === 0 && all;
    return whole ? dim : node.unsupported('it cuts the batch axis.');
  });
  return { starts, sizes };
}

/** The axis that a `GatherV2` reads entries of. */
export const gatherAxis = (node: TfjsNode): number =>
  node.inputs.length > 2 ? node.wholeAt(2, 'axis') : 0;

const gather: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const axis = node.axis(gatherAxis(node), x.shape.length);
  return build.gatherBy(context, node, x, axis, node.constant(1, 'indices').tensor);
};

function bordersOf(node: TfjsNode, rank: number): Borders {
  const given = node.fixedAt(1, 'paddings');
  if (given.length !== 2 * rank)
    node.invalid(`its paddings [${given.slice(0, 20).join(', ')}] do not fit ${rank} axes.`);
  return {
    begin: range(rank).map((axis) => given[2 * axis]!),
    end: range(rank).map((axis) => given[2 * axis + 1]!),
  };
}

const pad: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const value = node.inputs.length > 2 ? (node.constant(2, 'value').tensor.data[0] ?? 0) : 0;
  return build.pad(context, node, x, bordersOf(node, x.shape.length), value);
};

const mirrorPad: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const { begin, end } = bordersOf(node, x.shape.length);
  const mode = node.string('mode', 'REFLECT') === 'SYMMETRIC' ? 'symmetric' : 'reflect';
  x.shape.forEach((size, axis) => {
    const largest = isBatch(size) ? Infinity : mode === 'symmetric' ? size : size - 1;
    if (begin[axis]! > largest || end[axis]! > largest)
      node.invalid(`it mirrors more than there is of an axis of ${formatDim(size)}.`);
  });
  return build.padByRepeating(context, node, x, { begin, end }, { mode, word: 'mirror' });
};

const resized =
  (mode: 'nearest' | 'bilinear'): TfjsOperation =>
  (node, context) => {
    const sizes = node.fixedAt(1, 'size');
    if (sizes.length !== 2) node.invalid('its size is not a height and a width.');
    return resize(context, node, node.runtime(0), {
      mode,
      alignCorners: node.flag('align_corners'),
      halfPixelCenters: node.flag('half_pixel_centers'),
      sizes: new Map(sizes.map((size, at) => [at + 1, size])),
    });
  };

const onValue =
  (make: (...parts: [...Parameters<TfjsOperation>, RuntimeValue]) => RuntimeValue): TfjsOperation =>
  (node, context) =>
    make(node, context, node.runtime(0));

/** The shape of a node's input. */
export const shapeSizes = (node: TfjsNode): KnownValue => knownSizes(shapeOf(node.input(0)), false);

/** The number of its input's values. */
export const totalSize = (node: TfjsNode): KnownValue =>
  knownSizes([sizeOf(shapeOf(node.input(0)))], true);

export const layoutOperations: Readonly<Record<string, TfjsOperation>> = {
  ConcatV2: concat,
  ExpandDims: onValue((node, context, x) => build.addAxes(context, node, x, [newAxis(node)])),
  GatherV2: gather,
  MirrorPad: mirrorPad,
  Pack: pack,
  Pad: pad,
  PadV2: pad,
  Reshape: reshape,
  ResizeBilinear: resized('bilinear'),
  ResizeNearestNeighbor: resized('nearest'),
  Shape: shapeSizes,
  Size: totalSize,
  Slice: onValue((node, context, x) =>
    build.slice(context, node, x, sliceOf(node, x.shape, context.fixedBatch)),
  ),
  Split: splitEvenly,
  SplitV: splitSizes,
  Squeeze: onValue((node, context, x) => build.dropAxes(context, node, x, droppedAxes(node))),
  StridedSlice: strided,
  Tile: onValue((node, context, x) => build.tile(context, node, x, node.fixedAt(1, 'multiples'))),
  Transpose: transpose,
  Unpack: unpack,
};
