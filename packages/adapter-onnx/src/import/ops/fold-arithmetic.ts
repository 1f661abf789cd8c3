import {
  divideDims,
  isBatch,
  multiplyDims,
  zipTensors,
  mapTensor,
  type Dim,
} from '@patternlens/core';
import { broadcastLimit } from './limits.js';
import {
  constant,
  dimsOf,
  isKnown,
  sizes,
  type ConstantValue,
  type Imported,
  type Known,
} from '../imported.js';
import type { Folder } from '../handler.js';
import type { NodeView } from '../node-view.js';

type Numbers = (a: number, b: number) => number;
type Dims = (a: Dim, b: Dim) => Dim | undefined;

const addDims: Dims = (a, b) => {
  if (isBatch(a) && isBatch(b)) return { batch: a.batch + b.batch };
  if (a === 0) return b;
  return b === 0 ? a : undefined;
};

const subtractDims: Dims = (a, b) => {
  if (isBatch(a) && isBatch(b)) return a.batch === b.batch ? 0 : { batch: a.batch - b.batch };
  return b === 0 ? a : undefined;
};

/** Arithmetic on shapes, element by element; undefined where a result cannot be said without knowing the batch. */
function foldDims(a: Known, b: Known, combine: Dims): Imported | undefined {
  const left = dimsOf(a),
    right = dimsOf(b);
  const count = Math.max(left.length, right.length);
  const results = Array.from({ length: count }, (_, at) =>
    combine(left[left.length === 1 ? 0 : at]!, right[right.length === 1 ? 0 : at]!),
  );
  if (results.some((dim) => dim === undefined)) return undefined;
  const scalar = [a, b].every((value) =>
    value.kind === 'sizes' ? value.scalar : value.tensor.shape.length === 0,
  );
  return sizes(results as Dim[], scalar);
}

const isConstant = (value: Imported | undefined): value is ConstantValue =>
  value?.kind === 'constant';

/** Both operands are whole numbers: a quotient is cut, as integers are divided. */
const integers = (a: ConstantValue, b: ConstantValue): boolean =>
  a.type !== 'float' && b.type !== 'float';

function binary(numbers: Numbers, dims?: Dims, whole: Numbers = numbers): Folder {
  return (node) => {
    const [a, b] = node.inputs;
    if (!a || !b || !isKnown(a) || !isKnown(b)) return undefined;
    if (!isConstant(a) || !isConstant(b)) return dims && foldDims(a, b, dims);
    broadcastLimit(node, a.tensor.shape, b.tensor.shape);
    const type = integers(a, b) ? 'integer' : 'float';
    return constant(zipTensors(a.tensor, b.tensor, type === 'integer' ? whole : numbers), type);
  };
}

function variadic(numbers: Numbers): Folder {
  return (node) => {
    const all = node.inputs;
    if (!all.every(isConstant)) return undefined;
    const type = all.every((value) => value.type !== 'float') ? 'integer' : 'float';
    return constant(
      all
        .map((value) => value.tensor)
        .reduce((a, b) => {
          broadcastLimit(node, a.shape, b.shape);
          return zipTensors(a, b, numbers);
        }),
      type,
    );
  };
}

function unary(change: (x: number) => number): Folder {
  return ({ inputs: [x] }) =>
    isConstant(x) ? constant(mapTensor(x.tensor, change), x.type) : undefined;
}

function relation(holds: (a: number, b: number) => boolean, sameDims?: boolean): Folder {
  return (node) => {
    const [a, b] = node.inputs;
    if (!a || !b || !isKnown(a) || !isKnown(b)) return undefined;
    if (isConstant(a) && isConstant(b)) {
      broadcastLimit(node, a.tensor.shape, b.tensor.shape);
      return constant(
        zipTensors(a.tensor, b.tensor, (x, y) => Number(holds(x, y))),
        'boolean',
      );
    }
    // A shape that depends on the batch equals itself, and no number.
    const left = dimsOf(a),
      right = dimsOf(b);
    if (sameDims !== true || left.length !== right.length) return undefined;
    const results = left.map((dim, at) => {
      const other = right[at]!;
      return Number(isBatch(dim) ? isBatch(other) && dim.batch === other.batch : dim === other);
    });
    return constant(
      {
        data: Float64Array.from(results),
        shape: a.kind === 'sizes' && a.scalar ? [] : [results.length],
      },
      'boolean',
    );
  };
}

function where(node: NodeView): Imported | undefined {
  const [condition, a, b] = node.inputs;
  if (!isConstant(condition) || !a || !b || !isKnown(a) || !isKnown(b)) return undefined;
  if (isConstant(a) && isConstant(b)) {
    broadcastLimit(node, condition.tensor.shape, a.tensor.shape, b.tensor.shape);
    const zeros = zipTensors(condition.tensor, a.tensor, (holds, x) => (holds !== 0 ? x : 0));
    const others = zipTensors(condition.tensor, b.tensor, (holds, y) => (holds !== 0 ? 0 : y));
    return constant(
      zipTensors(zeros, others, (x, y) => x + y),
      a.type,
    );
  }
  const left = dimsOf(a),
    right = dimsOf(b);
  const count = Math.max(left.length, right.length, condition.tensor.data.length);
  const at = <T>(list: ArrayLike<T>, index: number): T => list[list.length === 1 ? 0 : index]!;
  return sizes(
    Array.from({ length: count }, (_, index) =>
      at(condition.tensor.data, index) !== 0 ? at(left, index) : at(right, index),
    ),
    false,
  );
}

/** Arithmetic whose operands are all known when the file is read. */
export const arithmeticFolders: Readonly<Record<string, Folder>> = {
  Add: binary((a, b) => a + b, addDims),
  Sub: binary((a, b) => a - b, subtractDims),
  Mul: binary(
    (a, b) => a * b,
    (a, b) => multiplyDims(a, b),
  ),
  Div: binary(
    (a, b) => a / b,
    divideDims,
    (a, b) => Math.trunc(a / b),
  ),
  Mod: (node) =>
    binary(node.int('fmod', 0) === 1 ? (a, b) => a % b : (a, b) => a - b * Math.floor(a / b))(node),
  Pow: binary(Math.pow),
  Max: variadic(Math.max),
  Min: variadic(Math.min),
  Sum: variadic((a, b) => a + b),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Sqrt: unary(Math.sqrt),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  Reciprocal: unary((x) => 1 / x),
  Sign: unary(Math.sign),
  Not: ({ inputs: [x] }) =>
    isConstant(x)
      ? constant(
          mapTensor(x.tensor, (value) => Number(value === 0)),
          'boolean',
        )
      : undefined,
  Equal: relation((a, b) => a === b, true),
  Greater: relation((a, b) => a > b),
  GreaterOrEqual: relation((a, b) => a >= b),
  Less: relation((a, b) => a < b),
  LessOrEqual: relation((a, b) => a <= b),
  And: relation((a, b) => a !== 0 && b !== 0),
  Or: relation((a, b) => a !== 0 || b !== 0),
  Where: where,
};
