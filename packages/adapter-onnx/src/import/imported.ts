import { isBatch, type Dim, type Origin, type Shape, type Tensor } from '@patternlens/core';
import type { NumberType } from '../read/tensor-values.js';

/** A value that exists only when the network runs. */
export interface RuntimeValue {
  readonly kind: 'runtime';
  readonly name: string;
  readonly shape: Shape;
}

/** Numbers that are known when the file is read. */
export interface ConstantValue {
  readonly kind: 'constant';
  readonly type: NumberType;
  readonly tensor: Tensor;
  /** The file's tensor, where these are its numbers, perhaps laid out anew. */
  readonly origin?: Origin | undefined;
}

/** Integers about shapes, some of which depend on the batch. */
export interface SizesValue {
  readonly kind: 'sizes';
  readonly dims: readonly Dim[];
  /** One number rather than a list of one. */
  readonly scalar: boolean;
}

export type Imported = RuntimeValue | ConstantValue | SizesValue;
export type Known = ConstantValue | SizesValue;

export const isKnown = (value: Imported): value is Known => value.kind !== 'runtime';

export function constant(tensor: Tensor, type: NumberType, origin?: Origin): ConstantValue {
  return origin ? { kind: 'constant', type, tensor, origin } : { kind: 'constant', type, tensor };
}

/** Integers, as constants where none of them depends on the batch. */
export function sizes(dims: readonly Dim[], scalar: boolean): Known {
  if (dims.some(isBatch)) return { kind: 'sizes', dims, scalar };
  return constant(
    { data: Float64Array.from(dims as number[]), shape: scalar ? [] : [dims.length] },
    'integer',
  );
}

/** The entries of a known value as sizes. */
export function dimsOf(value: Known): readonly Dim[] {
  return value.kind === 'sizes' ? value.dims : Array.from(value.tensor.data);
}

export const shapeOf = (value: Imported): Shape => {
  if (value.kind === 'runtime') return value.shape;
  return value.kind === 'constant' ? value.tensor.shape : value.scalar ? [] : [value.dims.length];
};
