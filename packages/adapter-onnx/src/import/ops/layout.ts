import { formatShape, isBatch, sizeOf, type BatchDim, type Dim } from '@patternlens/core/tensor';
import {
  build,
  knownSizes,
  placesOf,
  range,
  SAMPLES_ALONE,
  shapeOf,
  sizeAlong,
  type KnownValue,
  type Operation,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { droppedAxes, flattenAxis, newAxes, permutationOf, reshapeShape } from './arguments.js';
import { pad } from './pad.js';
import { sliceRanges } from './slice-ranges.js';

type OnnxOperation = Operation<OnnxNode>;

const reshaped: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const wanted = build.wantedShape(context, node, x, reshapeShape(node, x.shape));
  return build.reshape(context, node, x, wanted);
};

const flatten: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const axis = flattenAxis(node, x.shape.length);
  return build.reshape(context, node, x, [
    sizeOf(x.shape.slice(0, axis)),
    sizeOf(x.shape.slice(axis)),
  ]);
};

const expand: OnnxOperation = (node, context) => {
  const wanted = node.dims('shape', 1) ?? node.invalid('its shape is missing.');
  return build.expand(context, node, node.runtime(0), wanted);
};

const sliced: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const ranges = sliceRanges(node, x.shape, context.fixedBatch);
  // Steps backwards are entries in another order.
  const turned = ranges.reduce<RuntimeValue>((value, taken, axis) => {
    if (taken.step > 0) return value;
    return build.gather(context, node.part(`reverse-${axis}`), value, axis, placesOf(taken));
  }, x);
  return build.slice(context, node, turned, {
    starts: ranges.map(({ start, step }) => (step < 0 ? 0 : start)),
    steps: ranges.map(({ step }) => (step < 0 ? 1 : step)),
    sizes: ranges.map(({ size }) => size),
  });
};

const parts: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const axis = node.axis(node.int('axis', 0), x.shape.length);
  const along = x.shape[axis]!;
  const count = node.outputs.length;
  if (isBatch(along)) return build.split(context, node, x, axis, partsOfBatch(node, along, count));
  const total = sizeAlong(node, x.shape, axis);
  const even = Math.ceil(total / count);
  const sizes =
    node.fixed('split', 1) ?? range(count).map((part) => Math.min(even, total - part * even));
  if (sizes.length !== count)
    node.invalid(`parts of ${sizes.join(', ')} do not make an axis of ${total}.`);
  return build.split(context, node, x, axis, sizes);
};

/** How many of the parts that a sample has along the batch each output takes. */
function partsOfBatch(node: OnnxNode, along: BatchDim, count: number): number[] {
  const given = node.dims('split', 1) ?? range(count).map(() => ({ batch: along.batch / count }));
  return given.map((size) =>
    isBatch(size) && Number.isInteger(size.batch)
      ? size.batch
      : node.unsupported('it cuts the batch axis.', SAMPLES_ALONE),
  );
}

const concat: OnnxOperation = (node, context) =>
  build.join(context, node, node.inputs.length, node.int('axis', 0));

const tiled: OnnxOperation = (node, context) => {
  const repeats = Array.from(node.constant(1, 'repeats').tensor.data);
  return context.layer(node, 'identity', [build.tile(context, node, node.runtime(0), repeats)], {});
};

function imageOf(node: OnnxNode): [RuntimeValue, Dim, number, number, number] {
  const x = node.runtime(0);
  if (x.shape.length !== 4)
    node.invalid(
      `its input has shape ${formatShape(x.shape)}; batch, channels, height and width are expected.`,
    );
  return [x, ...(x.shape as [Dim, number, number, number])];
}

const depthToSpace: OnnxOperation = (node, context) => {
  const [x, batch, channels, height, width] = imageOf(node);
  const block = node.int('blocksize', 1);
  const depth = channels / block ** 2;
  if (!Number.isInteger(depth))
    node.invalid(`${channels} channels do not make blocks of ${block} x ${block}.`);
  const columnsFirst = node.string('mode', 'DCR') === 'CRD';
  const shape = columnsFirst
    ? [batch, depth, block, block, height, width]
    : [batch, block, block, depth, height, width];
  const apart = build.reshape(context, node.part('split'), x, shape);
  const permutation = columnsFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2];
  const moved = build.permute(context, node.part('move'), apart, permutation);
  return build.reshape(context, node, moved, [batch, depth, height * block, width * block]);
};

const spaceToDepth: OnnxOperation = (node, context) => {
  const [x, batch, channels, height, width] = imageOf(node);
  const block = node.int('blocksize', 1);
  const rows = height / block,
    columns = width / block;
  if (!Number.isInteger(rows) || !Number.isInteger(columns))
    node.invalid(`${height} x ${width} does not divide into blocks of ${block}.`);
  const shape = [batch, channels, rows, block, columns, block];
  const apart = build.reshape(context, node.part('split'), x, shape);
  const moved = build.permute(context, node.part('move'), apart, [0, 3, 5, 1, 2, 4]);
  return build.reshape(context, node, moved, [batch, channels * block ** 2, rows, columns]);
};

/** The sizes of the input that a node asks for. */
export function shapeSizes(node: OnnxNode): KnownValue {
  const shape = shapeOf(node.input(0));
  return knownSizes(shape.slice(node.int('start', 0), node.int('end', shape.length)), false);
}

export const totalSize = (node: OnnxNode): KnownValue =>
  knownSizes([sizeOf(shapeOf(node.input(0)))], true);

export const layout: Readonly<Record<string, OnnxOperation>> = {
  Concat: concat,
  DepthToSpace: depthToSpace,
  Expand: expand,
  Flatten: flatten,
  Identity: (node, context) => context.layer(node, 'identity', [node.runtime(0)], {}),
  Pad: pad,
  Reshape: reshaped,
  Shape: shapeSizes,
  Size: totalSize,
  Slice: sliced,
  SpaceToDepth: spaceToDepth,
  Split: parts,
  Squeeze: (node, context) => {
    const x = node.runtime(0);
    return build.dropAxes(context, node, x, droppedAxes(node, x.shape));
  },
  Tile: tiled,
  Transpose: (node, context) => {
    const x = node.runtime(0);
    return build.permute(context, node, x, permutationOf(node, x.shape.length));
  },
  Unsqueeze: (node, context) => {
    const x = node.runtime(0);
    return build.addAxes(context, node, x, newAxes(node, x.shape.length));
  },
};
