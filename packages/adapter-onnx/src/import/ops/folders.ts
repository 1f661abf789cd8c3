import { product } from '@patternlens/core/tensor';
import {
  commonFolders,
  dimsOf,
  known,
  knownShape,
  placesOf,
  withAxes,
  type Folder,
  type KnownReduction,
} from '@patternlens/importing';
import { numberType } from '../../read/tensor-values.js';
import type { OnnxNode } from '../node-view.js';
import { droppedAxes, flattenAxis, newAxes, permutationOf, reshapeShape } from './arguments.js';
import { castType } from './casts.js';
import { shapeSizes, totalSize } from './layout.js';
import { sliceRanges } from './slice-ranges.js';

type OnnxFolder = Folder<OnnxNode>;

const reduction =
  (kind: KnownReduction): OnnxFolder =>
  (node) =>
    known.reduce(node, kind, node.int('keepdims', 1) === 1);

const fill: OnnxFolder = (node) => {
  const value = node.tensorAttribute('value');
  const dims = dimsOf(node.known(0));
  if (!value) return known.fill(node, dims, 0, 'float');
  const { floatData, int64Data, int32Data, rawData, dataType } = value;
  const number = floatData[0] ?? int64Data[0] ?? int32Data[0] ?? rawNumber(rawData, dataType);
  return known.fill(node, dims, Number(number), numberType(dataType) ?? 'float');
};

function rawNumber(raw: Uint8Array, type: number): number {
  if (raw.length === 0) return 0;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  if (type === 1) return view.getFloat32(0, true);
  if (type === 11) return view.getFloat64(0, true);
  if (type === 7) return Number(view.getBigInt64(0, true));
  return type === 6 ? view.getInt32(0, true) : view.getUint8(0);
}

const flatten: OnnxFolder = (node) => {
  const value = node.known(0);
  const shape = knownShape(value);
  const axis = flattenAxis(node, shape.length);
  return known.reshaped(value, [product(shape.slice(0, axis)), product(shape.slice(axis))]);
};

const squeeze: OnnxFolder = (node) => {
  const value = node.known(0);
  const shape = knownShape(value);
  const dropped = droppedAxes(node, shape);
  return known.reshaped(
    value,
    shape.filter((_, axis) => !dropped.includes(axis)),
  );
};

const slice: OnnxFolder = (node) => {
  const value = node.known(0);
  return known.slice(node, value, sliceRanges(node, knownShape(value)).map(placesOf));
};

/** How each operator is computed where all that it reads is known. */
export const folders: Readonly<Record<string, OnnxFolder>> = {
  ...commonFolders,
  And: known.and,
  BitShift: (node) =>
    (node.string('direction', '') === 'LEFT' ? known.shiftLeft : known.shiftRight)(node),
  BitwiseAnd: known.bitwiseAnd,
  BitwiseOr: known.bitwiseOr,
  BitwiseXor: known.bitwiseXor,
  Cast: (node) => known.cast(node.known(0), castType(node)),
  Concat: (node) => known.concat(node, node.knowns(), node.int('axis', 0)),
  ConstantOfShape: fill,
  Div: known.divide,
  Expand: (node) => known.expand(node, node.known(0), dimsOf(node.known(1))),
  Flatten: flatten,
  Gather: (node) => known.gather(node, node.known(0), node.known(1), node.int('axis', 0)),
  GatherElements: (node) => known.gatherElements(node, node.int('axis', 0)),
  GatherND: (node) => known.gatherVectors(node, node.int('batch_dims', 0)),
  GreaterOrEqual: known.greaterOrEqual,
  IsNaN: known.isNaN,
  LessOrEqual: known.lessOrEqual,
  Max: known.maximum,
  Min: known.minimum,
  Mod: (node) => (node.int('fmod', 0) === 1 ? known.remainder : known.modulo)(node),
  Not: known.not,
  Or: known.or,
  ReduceMax: reduction('maximum'),
  ReduceMin: reduction('minimum'),
  ReduceProd: reduction('product'),
  ReduceSum: reduction('sum'),
  Reshape: (node) => {
    const value = node.known(0);
    return known.reshape(node, value, reshapeShape(node, knownShape(value)));
  },
  Shape: shapeSizes,
  Size: totalSize,
  Slice: slice,
  Squeeze: squeeze,
  Sum: known.add,
  Tile: (node) => known.tile(node, node.known(0), dimsOf(node.known(1)) as readonly number[]),
  Transpose: (node) => {
    const value = node.known(0);
    return known.transposed(node, value, permutationOf(node, knownShape(value).length));
  },
  Unsqueeze: (node) => {
    const value = node.known(0);
    const shape = knownShape(value);
    return known.reshaped(value, withAxes(shape, newAxes(node, shape.length)));
  },
  Where: known.where,
  Xor: known.exclusiveOr,
};
