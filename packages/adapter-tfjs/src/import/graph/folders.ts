import {
  commonFolders,
  entryAt,
  known,
  knownShape,
  placesOf,
  withAxes,
  type Folder,
  type KnownReduction,
} from '@patternlens/importing';
import {
  droppedAxes,
  gatherAxis,
  newAxis,
  shapeSizes,
  sliceOf,
  totalSize,
} from './layout-operations.js';
import { typeNamed } from './elementwise-operations.js';
import type { TfjsNode } from './node-view.js';
import { keepsAxes } from './pooling-operations.js';
import { stridedSlice } from './slice-ranges.js';

type TfjsFolder = Folder<TfjsNode>;

const reduction =
  (kind: KnownReduction): TfjsFolder =>
  (node) =>
    known.reduce(node, kind, keepsAxes(node));

/** Values one behind another along an axis that is new. */
const pack: TfjsFolder = (node) => {
  const values = node.knowns();
  const rank = knownShape(values[0]!).length;
  const axis = node.axis(node.int('axis', 0), rank + 1);
  const apart = values.map((value) => known.reshaped(value, withAxes(knownShape(value), [axis])));
  return known.concat(node, apart, axis);
};

const strided: TfjsFolder = (node) => {
  const value = node.known(0);
  const { ranges, shape } = stridedSlice(node, knownShape(value));
  const taken = known.slice(node, value, ranges.map(placesOf));
  return known.reshaped(taken, shape as readonly number[]);
};

const slice: TfjsFolder = (node) => {
  const value = node.known(0);
  const { starts, sizes } = sliceOf(node, knownShape(value));
  const places = knownShape(value).map((size, axis) =>
    placesOf({ start: starts[axis]!, step: 1, size: sizes[axis]! }).map((at) =>
      entryAt(node, at, size),
    ),
  );
  return known.slice(node, value, places);
};

const squeeze: TfjsFolder = (node) => {
  const value = node.known(0);
  const dropped = droppedAxes(node);
  return known.reshaped(
    value,
    knownShape(value).filter((_, axis) => !dropped.includes(axis)),
  );
};

/** How each operation is computed where all that it reads is known. */
export const folders: Readonly<Record<string, TfjsFolder>> = {
  ...commonFolders,
  AddN: known.add,
  AddV2: known.add,
  BroadcastTo: (node) => known.expand(node, node.known(0), node.dimsAt(1, 'shape')),
  Cast: (node) => known.cast(node.known(0), typeNamed(node.type('DstT'))),
  ConcatV2: (node) => {
    const last = node.inputs.length - 1;
    return known.concat(node, node.knowns().slice(0, last), node.wholeAt(last, 'axis'));
  },
  Div: known.divideDown,
  ExpandDims: (node) => {
    const value = node.known(0);
    return known.reshaped(value, withAxes(knownShape(value), [newAxis(node)]));
  },
  Fill: (node) => {
    const { type, tensor } = node.constant(1, 'value');
    return known.fill(node, node.dimsAt(0, 'shape'), tensor.data[0] ?? 0, type);
  },
  FloorDiv: known.floorDivide,
  FloorMod: known.modulo,
  GatherNd: (node) => known.gatherVectors(node, 0),
  GatherV2: (node) => known.gather(node, node.known(0), node.known(1), gatherAxis(node)),
  GreaterEqual: known.greaterOrEqual,
  Inv: known.reciprocal,
  LessEqual: known.lessOrEqual,
  LogicalAnd: known.and,
  LogicalNot: known.not,
  LogicalOr: known.or,
  Max: reduction('maximum'),
  Maximum: known.maximum,
  Min: reduction('minimum'),
  Minimum: known.minimum,
  Mod: known.modulo,
  NotEqual: known.notEqual,
  Pack: pack,
  Prod: reduction('product'),
  RealDiv: known.divideDown,
  Reshape: (node) => known.reshape(node, node.known(0), node.dimsAt(1, 'shape')),
  Rsqrt: known.inverseSqrt,
  Select: known.where,
  SelectV2: known.where,
  Shape: shapeSizes,
  Size: totalSize,
  Slice: slice,
  Square: known.square,
  Squeeze: squeeze,
  StridedSlice: strided,
  Sum: reduction('sum'),
  Tile: (node) => known.tile(node, node.known(0), node.fixedAt(1, 'multiples')),
  Transpose: (node) => known.transposed(node, node.known(0), node.fixedAt(1, 'permutation')),
};
