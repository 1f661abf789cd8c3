import type { BinaryKind, Relation, UnaryKind } from '@patternlens/core';
import { erf } from './erf.js';
import { zeros, strides, type Kernel, type Value } from './kernel.js';

const unaryFunctions: { readonly [K in UnaryKind]: (x: number) => number } = {
  neg: (x) => -x,
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  erf,
  relu: (x) => Math.max(x, 0),
};

const binaryFunctions: { readonly [K in BinaryKind]: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  safeDiv: (a, b) => (b === 0 ? 0 : a / b),
  min: Math.min,
  max: Math.max,
  pow: Math.pow,
};

const relations: { readonly [R in Relation]: (a: number, b: number) => boolean } = {
  greater: (a, b) => a > b,
  greaterOrEqual: (a, b) => a >= b,
  less: (a, b) => a < b,
  lessOrEqual: (a, b) => a <= b,
  equal: (a, b) => a === b,
};

/** For every element of `shape`, its place in an operand that broadcasts to it. */
export function broadcastPlaces(operand: Value, shape: readonly number[]): Int32Array | undefined {
  if (operand.shape.join() === shape.join()) return undefined;
  const added = shape.length - operand.shape.length;
  const own = strides(operand.shape);
  const steps = shape.map((_, axis) =>
    axis < added || operand.shape[axis - added] === 1 ? 0 : own[axis - added]!,
  );
  const result = zeros(shape);
  const places = new Int32Array(result.data.length);
  const all = strides(shape);
  for (let at = 0; at < places.length; at++) {
    let place = 0;
    for (let axis = 0; axis < shape.length; axis++)
      place += (Math.floor(at / all[axis]!) % shape[axis]!) * steps[axis]!;
    places[at] = place;
  }
  return places;
}

/** Reads an operand as if it had the given shape. */
function reader(operand: Value, shape: readonly number[]): (at: number) => number {
  const places = broadcastPlaces(operand, shape);
  return places ? (at) => operand.data[places[at]!]! : (at) => operand.data[at]!;
}

function fill(shape: readonly number[], make: (at: number) => number): Value {
  const result = zeros(shape);
  for (let at = 0; at < result.data.length; at++) result.data[at] = make(at);
  return result;
}

export const unary: Kernel<UnaryKind> = (operation, [x], shape) => {
  const apply = unaryFunctions[operation.kind];
  return fill(shape, (at) => apply(x!.data[at]!));
};

export const binary: Kernel<BinaryKind> = (operation, [left, right], shape) => {
  const apply = binaryFunctions[operation.kind];
  const a = reader(left!, shape),
    b = reader(right!, shape);
  return fill(shape, (at) => apply(a(at), b(at)));
};

export const compare: Kernel<'compare'> = (operation, [left, right], shape) => {
  const holds = relations[operation.relation];
  const a = reader(left!, shape),
    b = reader(right!, shape);
  return fill(shape, (at) => (holds(a(at), b(at)) ? 1 : 0));
};

export const select: Kernel<'select'> = (_operation, [mask, left, right], shape) => {
  const m = reader(mask!, shape),
    a = reader(left!, shape),
    b = reader(right!, shape);
  return fill(shape, (at) => (m(at) !== 0 ? a(at) : b(at)));
};

export const broadcast: Kernel<'broadcast'> = (_operation, [x], shape) =>
  fill(shape, reader(x!, shape));
