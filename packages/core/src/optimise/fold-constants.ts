import type {
  BinaryKind,
  Operation,
  OperationKind,
  Relation,
  UnaryKind,
} from '../program/operation.js';
import { permuteTensor } from '../tensor/permute-tensor.js';
import { forEachBroadcast, mapTensor, zipTensors } from '../tensor/broadcast.js';
import { isBatch, product, stridesOf } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

type Unary = (x: number) => number;
type Binary = (a: number, b: number) => number;

const unary: Readonly<Partial<Record<OperationKind, Unary>>> = {
  neg: (x) => -x,
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
} satisfies Partial<Record<UnaryKind, Unary>>;

const binary: Readonly<Partial<Record<OperationKind, Binary>>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  safeDiv: (a, b) => (b === 0 ? 0 : a / b),
  min: Math.min,
  max: Math.max,
  pow: Math.pow,
} satisfies Record<BinaryKind, Binary>;

const relations: Readonly<Record<Relation, Binary>> = {
  greater: (a, b) => Number(a > b),
  greaterOrEqual: (a, b) => Number(a >= b),
  less: (a, b) => Number(a < b),
  lessOrEqual: (a, b) => Number(a <= b),
  equal: (a, b) => Number(a === b),
};

/** The value of an operation on constants, computed once, in float64; undefined for operations that are left to the backend. */
export function foldConstants(
  operation: Operation,
  operands: readonly Tensor[],
): Tensor | undefined {
  const [a, b] = operands;
  const one = unary[operation.kind];
  if (one) return mapTensor(a!, one);
  const two = operation.kind === 'compare' ? relations[operation.relation] : binary[operation.kind];
  if (two) return zipTensors(a!, b!, two);
  if (operation.kind === 'slice')
    return sliceTensor(a!, operation.starts, operation.sizes as number[], operation.steps);
  if (operation.kind === 'transpose') return permuteTensor(a!, operation.permutation);
  if (operation.kind === 'reshape' && !operation.shape.some(isBatch))
    return { data: a!.data, shape: operation.shape as number[] };
  return undefined;
}

/** Every `step`-th element of each axis, from its start. */
function sliceTensor(
  { data, shape }: Tensor,
  starts: readonly number[],
  sizes: readonly number[],
  steps: readonly number[],
): Tensor {
  const strides = stridesOf(shape);
  const result = new Float64Array(product(sizes));
  const first = starts.reduce((sum, start, axis) => sum + start * strides[axis]!, 0);
  forEachBroadcast(sizes, [strides.map((stride, axis) => stride * steps[axis]!)], (at, [from]) => {
    result[at] = data[first + from!]!;
  });
  return { data: data instanceof Float32Array ? Float32Array.from(result) : result, shape: sizes };
}
