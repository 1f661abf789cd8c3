import type { Tensor } from '@patternlens/core';
import { formatShape, type Dim } from '@patternlens/core/tensor';
import {
  build,
  constantValue,
  gatherVectors,
  limitShape,
  range,
  scatterVectors,
  sizeAlong,
  valueAt,
  type ConstantValue,
  type Operation,
} from '@patternlens/importing';
import type { TfjsNode } from './node-view.js';

type TfjsOperation = Operation<TfjsNode>;

const accumulated: TfjsOperation = (node, context) =>
  build.runningSum(context, node, node.runtime(0), {
    axis: node.wholeAt(1, 'axis'),
    exclusive: node.flag('exclusive'),
    reverse: node.flag('reverse'),
  });

/** Axes backwards. */
const reversed: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  const axes = node.fixedAt(1, 'axis').map((axis) => node.axis(axis, x.shape.length));
  return axes.reduce((value, axis, at) => {
    const size = sizeAlong(node, value.shape, axis);
    const place = at === axes.length - 1 ? node : node.part(`axis-${axis}`);
    return build.gather(context, place, value, axis, range(size).reverse());
  }, x);
};

/** The largest entries of the last axis: their values, not where they are. */
const topK: TfjsOperation = (node, context) =>
  build.topK(context, node, node.runtime(0), {
    axis: -1,
    count: node.wholeAt(1, 'k'),
    largest: true,
  });

/** A number everywhere, into which values are put. */
function filled(node: TfjsNode, shape: readonly number[], value: number): ConstantValue {
  const data = new Float64Array(limitShape(node, shape));
  if (value !== 0) data.fill(value);
  return constantValue({ tensor: { data, shape } });
}

const intoZeros: TfjsOperation = (node, context) =>
  scatterVectors(node, context, {
    data: filled(node, node.fixedAt(2, 'shape'), 0),
    updates: valueAt(node, 1),
    indices: node.constant(0, 'indices').tensor,
    mode: 'add',
  });

const updated: TfjsOperation = (node, context) =>
  scatterVectors(node, context, {
    data: valueAt(node, 0),
    updates: valueAt(node, 2),
    indices: node.constant(1, 'indices').tensor,
    mode: 'none',
  });

/** Indices as vectors: a list of them is one of single numbers. */
const asVectors = ({ data, shape }: Tensor): Tensor => ({
  data,
  shape: shape.length === 2 ? shape : [data.length, 1],
});

/** Values at places that are in the file, one number for all of them or one each. */
const dense: TfjsOperation = (node, context) => {
  const indices = asVectors(node.constant(0, 'indices').tensor);
  const given = valueAt(node, 2);
  const count = indices.shape[0]!;
  const updates =
    given.kind === 'constant' && given.tensor.data.length === 1 && count !== 1
      ? filled(node, [count], given.tensor.data[0]!)
      : given;
  const missing = node.optionalConstant(3, 'default')?.tensor.data[0] ?? 0;
  const data = filled(node, node.fixedAt(1, 'shape'), missing);
  return scatterVectors(node, context, { data, updates, indices, mode: 'none' });
};

/** Matrices with zeros far from the diagonal; less than 0 keeps a whole side. */
const band: TfjsOperation = (node, context) => {
  const below = node.wholeAt(1, 'lower part'),
    above = node.wholeAt(2, 'upper part');
  return build.keepBand(
    context,
    node,
    node.runtime(0),
    (row, column) => (below < 0 || row - column <= below) && (above < 0 || column - row <= above),
  );
};

const expanded: TfjsOperation = (node, context) =>
  build.expand(context, node, node.runtime(0), node.dimsAt(1, 'shape'));

/** Channels to places: blocks of them beside each other, the channels last. */
const depthToSpace: TfjsOperation = (node, context) => {
  const x = node.runtime(0);
  if (node.string('data_format', 'NHWC') !== 'NHWC')
    return node.unsupported('channels that are not last.');
  const block = node.int('block_size', 2);
  const [batch, height, width, channels] = x.shape as [Dim, number, number, number];
  const depth = channels / block ** 2;
  if (x.shape.length !== 4 || !Number.isInteger(depth))
    return node.invalid(`${formatShape(x.shape)} does not make blocks of ${block} x ${block}.`);
  const apart = build.reshape(context, node.part('split'), x, [
    batch,
    height,
    width,
    block,
    block,
    depth,
  ]);
  const moved = build.permute(context, node.part('move'), apart, [0, 1, 3, 2, 4, 5]);
  return build.reshape(context, node, moved, [batch, height * block, width * block, depth]);
};

export const indexingOperations: Readonly<Record<string, TfjsOperation>> = {
  BroadcastTo: expanded,
  Cumsum: accumulated,
  DepthToSpace: depthToSpace,
  GatherNd: (node, context) =>
    gatherVectors(node, context, node.runtime(0), node.constant(1, 'indices').tensor, 0),
  MatrixBandPart: band,
  ReverseV2: reversed,
  ScatterNd: intoZeros,
  SparseToDense: dense,
  TensorScatterUpdate: updated,
  TopKV2: topK,
};
