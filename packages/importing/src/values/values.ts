import { type Shape, type Tensor } from '@patternlens/core';
import { type Origin, type Parameter } from '@patternlens/core/network';
import { isBatch, type Dim } from '@patternlens/core/tensor';
import type { AxisOrder, BatchPlace } from './axis-order.js';

/** A value that exists only when the network runs. */
export interface RuntimeValue {
  readonly kind: 'runtime';
  /** The network's name of it. */
  readonly name: string;
  /** Its shape as the model sees it. */
  readonly shape: Shape;
  /** The order in which the network holds its axes: for each of the network's axes, which of the model's it is. */
  readonly order: AxisOrder;
  /** Where its samples are; undefined in a model of one sample, which the network computes for every sample by itself. */
  readonly batch: BatchPlace | undefined;
  /** The samples that the file fixes its batch to. */
  readonly fixedBatch?: number | undefined;
}

/** What numbers of a file are: whole ones are divided and rounded as such. */
export type NumberType = 'float' | 'integer' | 'boolean';

/** Numbers that are known when the file is read. */
export interface ConstantValue {
  readonly kind: 'constant';
  readonly type: NumberType;
  readonly tensor: Tensor;
  /** The file's tensor, where these are its numbers, perhaps laid out anew. */
  readonly origin?: Origin | undefined;
}

/** Whole numbers about shapes, some of which depend on the batch: a list, or one number. */
interface SizesValue {
  readonly kind: 'sizes';
  readonly dims: readonly Dim[];
  readonly scalar: boolean;
}

export type KnownValue = ConstantValue | SizesValue;
export type Imported = RuntimeValue | KnownValue;

export const isKnown = (value: Imported): value is KnownValue => value.kind !== 'runtime';

export function constantValue(
  { tensor, origin }: Parameter,
  type: NumberType = 'float',
): ConstantValue {
  return origin ? { kind: 'constant', type, tensor, origin } : { kind: 'constant', type, tensor };
}

/** Whole numbers, as a constant where none of them depends on the batch. */
export function knownSizes(dims: readonly Dim[], scalar: boolean): KnownValue {
  if (dims.some(isBatch)) return { kind: 'sizes', dims, scalar };
  const data = Float64Array.from(dims as readonly number[]);
  return constantValue({ tensor: { data, shape: scalar ? [] : [dims.length] } }, 'integer');
}

/** The entries of a known value as sizes. */
export const dimsOf = (value: KnownValue): readonly Dim[] =>
  value.kind === 'sizes' ? value.dims : Array.from(value.tensor.data);

export const knownShape = (value: KnownValue): readonly number[] =>
  value.kind === 'constant' ? value.tensor.shape : value.scalar ? [] : [value.dims.length];

export const shapeOf = (value: Imported): Shape =>
  value.kind === 'runtime' ? value.shape : knownShape(value);

export const isScalar = (value: KnownValue): boolean => knownShape(value).length === 0;

export const parameterOf = ({ tensor, origin }: ConstantValue): Parameter =>
  origin ? { tensor, origin } : { tensor };

/** Where numbers of the file come from. */
export const originOf = (name: string, shape: readonly number[]): Origin => ({
  tensor: name,
  shape,
  steps: [],
});

/** One number as a layer's parameter. */
export const scalarParameter = (value: number): Parameter => ({
  tensor: { data: Float64Array.of(value), shape: [] },
});
