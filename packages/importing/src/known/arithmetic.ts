import {
  broadcastSteps,
  commonShape,
  divideDims,
  forEachBroadcast,
  isBatch,
  mapTensor,
  multiplyDims,
  product,
  sameDim,
  zipTensors,
  type Dim,
} from '@patternlens/core/tensor';
import type { NodeView } from '../place/node-view.js';
import {
  constantValue,
  dimsOf,
  isScalar,
  knownSizes,
  type ConstantValue,
  type KnownValue,
  type NumberType,
} from '../values/values.js';
import type { Folder } from '../walk/operation.js';
import { limitBroadcast } from './limit-elements.js';

type Numbers = (a: number, b: number) => number;
type Dims = (a: Dim, b: Dim) => Dim | undefined;

const isConstant = (value: KnownValue | undefined): value is ConstantValue =>
  value?.kind === 'constant';

const wholeType = (values: readonly ConstantValue[]): NumberType =>
  values.every(({ type }) => type !== 'float') ? 'integer' : 'float';

/** The entries of lists of sizes, each beside those of the others; a single entry stands beside all. */
function aligned(node: NodeView, lists: readonly (readonly Dim[])[]): Dim[][] {
  const count = Math.max(...lists.map(({ length }) => length));
  if (lists.some(({ length }) => length !== 1 && length !== count))
    node.invalid(`it computes with ${lists.map(({ length }) => length).join(' and ')} sizes.`);
  return Array.from({ length: count }, (_, at) =>
    lists.map((list) => list[list.length === 1 ? 0 : at]!),
  );
}

/** Arithmetic on shapes; undefined where a result cannot be said without knowing the batch. */
function onDims(
  node: NodeView,
  a: KnownValue,
  b: KnownValue,
  combine: Dims,
): KnownValue | undefined {
  const dims = aligned(node, [dimsOf(a), dimsOf(b)]).map(([one, two]) => combine(one!, two!));
  return dims.every((dim) => dim !== undefined)
    ? knownSizes(dims, isScalar(a) && isScalar(b))
    : undefined;
}

/** @param dims What two sizes make, one of which at least depends on the batch.
 * @param whole The same for whole numbers, where a result may have to be cut. */
function foldBinary(
  numbers: Numbers,
  dims: Dims = () => undefined,
  whole: Numbers = numbers,
): Folder {
  return (node) => {
    const a = node.known(0),
      b = node.known(1);
    if (!isConstant(a) || !isConstant(b))
      return onDims(node, a, b, (one, two) =>
        isBatch(one) || isBatch(two) ? dims(one, two) : whole(one, two),
      );
    limitBroadcast(node, a.tensor.shape, b.tensor.shape);
    const type = wholeType([a, b]);
    const compute = type === 'integer' ? whole : numbers;
    return constantValue({ tensor: zipTensors(a.tensor, b.tensor, compute) }, type);
  };
}

function foldVariadic(numbers: Numbers, dims?: Dims): Folder {
  const ofTwo = foldBinary(numbers, dims);
  return (node) => {
    const values = node.knowns();
    if (values.length === 2) return ofTwo(node);
    if (!values.every(isConstant)) return undefined;
    const total = values
      .map(({ tensor }) => tensor)
      .reduce((a, b) => {
        limitBroadcast(node, a.shape, b.shape);
        return zipTensors(a, b, numbers);
      });
    return constantValue({ tensor: total }, wholeType(values));
  };
}

function foldUnary(change: (x: number) => number, type?: NumberType): Folder {
  return (node) => {
    const x = node.known(0);
    return isConstant(x)
      ? constantValue({ tensor: mapTensor(x.tensor, change) }, type ?? x.type)
      : undefined;
  };
}

/** @param ofDims What two sizes make, one of which at least depends on the batch; undefined where that is not known. */
function foldRelation(holds: (a: number, b: number) => boolean, ofDims?: Dims): Folder {
  const compared = foldBinary((a, b) => Number(holds(a, b)), ofDims);
  return (node) => {
    const made = compared(node);
    return made && isConstant(made) ? { ...made, type: 'boolean' } : undefined;
  };
}

const where: Folder = (node) => {
  const [condition, a, b] = [node.known(0), node.known(1), node.known(2)];
  if (!isConstant(condition)) return undefined;
  const mask = condition.tensor;
  if (isConstant(a) && isConstant(b)) {
    const shape = commonShape(mask.shape, a.tensor.shape, b.tensor.shape);
    limitBroadcast(node, shape);
    const steps = [mask, a.tensor, b.tensor].map((from) => broadcastSteps(from.shape, shape));
    const data = new Float64Array(product(shape));
    forEachBroadcast(shape, steps, (at, [holds, one, two]) => {
      data[at] = mask.data[holds!] !== 0 ? a.tensor.data[one!]! : b.tensor.data[two!]!;
    });
    return constantValue({ tensor: { data, shape } }, a.type);
  }
  const entries = aligned(node, [Array.from(mask.data), dimsOf(a), dimsOf(b)]);
  return knownSizes(
    entries.map(([holds, one, two]) => (holds !== 0 ? one! : two!)),
    [condition, a, b].every(isScalar),
  );
};

/** The nearest whole number, of two that are as near the even one. */
function roundToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
}

const addDims: Dims = (a, b) => {
  if (isBatch(a) && isBatch(b)) return { batch: a.batch + b.batch };
  if (a === 0) return b;
  return b === 0 ? a : undefined;
};

const subtractDims: Dims = (a, b) => {
  if (isBatch(a) && isBatch(b)) return a.batch === b.batch ? 0 : { batch: a.batch - b.batch };
  return b === 0 ? a : undefined;
};

const sameDims: Dims = (a, b) => (sameDim(a, b) ? a : undefined);
const quotient: Numbers = (a, b) => a / b;
const floorQuotient: Numbers = (a, b) => Math.floor(a / b);

/** Arithmetic on what is known when a file is read, by what it computes. */
export const knownArithmetic = {
  add: foldVariadic((a, b) => a + b, addDims),
  subtract: foldBinary((a, b) => a - b, subtractDims),
  multiply: foldBinary((a, b) => a * b, multiplyDims),
  /** Whole numbers are cut towards 0. */
  divide: foldBinary(quotient, divideDims, (a, b) => Math.trunc(a / b)),
  /** Whole numbers are cut downwards. */
  divideDown: foldBinary(quotient, divideDims, floorQuotient),
  floorDivide: foldBinary(floorQuotient, divideDims),
  /** The remainder with the sign of the divisor. */
  modulo: foldBinary((a, b) => a - b * Math.floor(a / b)),
  /** The remainder with the sign of the dividend. */
  remainder: foldBinary((a, b) => a % b),
  power: foldBinary(Math.pow),
  maximum: foldVariadic(Math.max, sameDims),
  minimum: foldVariadic(Math.min, sameDims),
  negate: foldUnary((x) => -x),
  abs: foldUnary(Math.abs),
  floor: foldUnary(Math.floor),
  ceil: foldUnary(Math.ceil),
  sqrt: foldUnary(Math.sqrt),
  inverseSqrt: foldUnary((x) => 1 / Math.sqrt(x)),
  square: foldUnary((x) => x * x),
  exp: foldUnary(Math.exp),
  log: foldUnary(Math.log),
  reciprocal: foldUnary((x) => 1 / x),
  relu: foldUnary((x) => Math.max(x, 0)),
  round: foldUnary(roundToEven),
  sigmoid: foldUnary((x) => 1 / (1 + Math.exp(-x))),
  sign: foldUnary(Math.sign),
  sin: foldUnary(Math.sin),
  cos: foldUnary(Math.cos),
  tan: foldUnary(Math.tan),
  asin: foldUnary(Math.asin),
  acos: foldUnary(Math.acos),
  atan: foldUnary(Math.atan),
  sinh: foldUnary(Math.sinh),
  cosh: foldUnary(Math.cosh),
  tanh: foldUnary(Math.tanh),
  asinh: foldUnary(Math.asinh),
  acosh: foldUnary(Math.acosh),
  atanh: foldUnary(Math.atanh),
  isNaN: foldUnary((x) => Number(Number.isNaN(x)), 'boolean'),
  not: foldUnary((x) => Number(x === 0), 'boolean'),
  // A shape that depends on the batch equals itself, and no number.
  equal: foldRelation(
    (a, b) => a === b,
    (a, b) => Number(sameDim(a, b)),
  ),
  notEqual: foldRelation(
    (a, b) => a !== b,
    (a, b) => Number(!sameDim(a, b)),
  ),
  greater: foldRelation((a, b) => a > b),
  greaterOrEqual: foldRelation((a, b) => a >= b),
  less: foldRelation((a, b) => a < b),
  lessOrEqual: foldRelation((a, b) => a <= b),
  and: foldRelation((a, b) => a !== 0 && b !== 0),
  or: foldRelation((a, b) => a !== 0 || b !== 0),
  exclusiveOr: foldRelation((a, b) => (a !== 0) !== (b !== 0)),
  bitwiseAnd: foldBinary((a, b) => Number(BigInt(a) & BigInt(b))),
  bitwiseOr: foldBinary((a, b) => Number(BigInt(a) | BigInt(b))),
  bitwiseXor: foldBinary((a, b) => Number(BigInt(a) ^ BigInt(b))),
  shiftLeft: foldBinary((a, b) => a * 2 ** b),
  shiftRight: foldBinary((a, b) => Math.floor(a / 2 ** b)),
  where,
} as const satisfies Readonly<Record<string, Folder>>;
