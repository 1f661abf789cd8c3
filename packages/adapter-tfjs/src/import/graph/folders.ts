import {
  entryAt,
  knownArithmetic as known,
  knownCast,
  knownConcat,
  knownExpand,
  knownFill,
  knownGather,
  knownRange,
  knownReduce,
  knownReshape,
  knownReshaped,
  knownShape,
  knownSlice,
  knownTile,
  knownTransposed,
  placesOf,
  withAxes,
  type Folder,
  type KnownReduction,
  type NumberType,
} from '@patternlens/importing';
import {
  droppedAxes,
  gatherAxis,
  newAxis,
  shapeSizes,
  sliceOf,
  totalSize,
} from './layout-operations.js';
import type { TfjsNode } from './node-view.js';
import { keepsAxes } from './pooling-operations.js';
import { stridedSlice } from './slice-ranges.js';

type TfjsFolder = Folder<TfjsNode>;

function typeNamed(name: string): NumberType {
  if (name === 'DT_BOOL') return 'boolean';
  return name.startsWith('DT_INT') || name.startsWith('DT_UINT') ? 'integer' : 'float';
}

const reduction =
  (kind: KnownReduction): TfjsFolder =>
  (node) =>
    knownReduce(node, kind, keepsAxes(node));

/** Values one behind another along an axis that is new. */
const pack: TfjsFolder = (node) => {
  const values = node.knowns();
  const rank = knownShape(values[0]!).length;
  const axis = node.axis(node.int('axis', 0), rank + 1);
  const apart = values.map((value) => knownReshaped(value, withAxes(knownShape(value), [axis])));
  return knownConcat(node, apart, axis);
};

const strided: TfjsFolder = (node) => {
  const value = node.known(0);
  const { ranges, shape } = stridedSlice(node, knownShape(value));
  const taken = knownSlice(node, value, ranges.map(placesOf));
  return knownReshaped(taken, shape as readonly number[]);
};

const slice: TfjsFolder = (node) => {
  const value = node.known(0);
  const { starts, sizes } = sliceOf(node, knownShape(value));
  const places = knownShape(value).map((size, axis) =>
    placesOf({ start: starts[axis]!, step: 1, size: sizes[axis]! }).map((at) =>
      entryAt(node, at, size),
    ),
  );
  return knownSlice(node, value, places);
};

const squeeze: TfjsFolder = (node) => {
  const value = node.known(0);
  const dropped = droppedAxes(node);
  return knownReshaped(
    value,
    knownShape(value).filter((_, axis) => !dropped.includes(axis)),
  );
};

/** How each operation is computed where all that it reads is known. */
export const folders: Readonly<Record<string, TfjsFolder>> = {
  Abs: known.abs,
  Add: known.add,
  AddN: known.add,
  AddV2: known.add,
  BroadcastTo: (node) => knownExpand(node, node.known(0), node.dimsAt(1, 'shape')),
  Cast: (node) => knownCast(node.known(0), typeNamed(node.type('DstT'))),
  Ceil: known.ceil,
  ConcatV2: (node) => {
    const last = node.inputs.length - 1;
    return knownConcat(node, node.knowns().slice(0, last), node.wholeAt(last, 'axis'));
  },
  Div: known.divideDown,
  Equal: known.equal,
  Exp: known.exp,
  ExpandDims: (node) => {
    const value = node.known(0);
    return knownReshaped(value, withAxes(knownShape(value), [newAxis(node)]));
  },
  Fill: (node) => {
    const { type, tensor } = node.constant(1, 'value');
    return knownFill(node, node.dimsAt(0, 'shape'), tensor.data[0] ?? 0, type);
  },
  Floor: known.floor,
  FloorDiv: known.floorDivide,
  FloorMod: known.modulo,
  GatherV2: (node) => knownGather(node, node.known(0), node.known(1), gatherAxis(node)),
  Greater: known.greater,
  GreaterEqual: known.greaterOrEqual,
  Identity: (node) => node.known(0),
  Inv: known.reciprocal,
  Less: known.less,
  LessEqual: known.lessOrEqual,
  Log: known.log,
  LogicalAnd: known.and,
  LogicalNot: known.not,
  LogicalOr: known.or,
  Max: reduction('maximum'),
  Maximum: known.maximum,
  Min: reduction('minimum'),
  Minimum: known.minimum,
  Mod: known.modulo,
  Mul: known.multiply,
  Neg: known.negate,
  NotEqual: known.notEqual,
  Pack: pack,
  Pow: known.power,
  Prod: reduction('product'),
  Range: knownRange,
  RealDiv: known.divideDown,
  Reciprocal: known.reciprocal,
  Reshape: (node) => knownReshape(node, node.known(0), node.dimsAt(1, 'shape')),
  Rsqrt: known.inverseSqrt,
  Select: known.where,
  SelectV2: known.where,
  Shape: shapeSizes,
  Sign: known.sign,
  Size: totalSize,
  Slice: slice,
  Sqrt: known.sqrt,
  Square: known.square,
  Squeeze: squeeze,
  StridedSlice: strided,
  Sub: known.subtract,
  Sum: reduction('sum'),
  Tile: (node) => knownTile(node, node.known(0), node.fixedAt(1, 'multiples')),
  Transpose: (node) => knownTransposed(node, node.known(0), node.fixedAt(1, 'permutation')),
};
