import { isBatch, type Dim, type Parameter } from '@patternlens/core';
import type { ConstantValue, Imported, KnownValue } from '../values.js';

export const isKnown = (value: Imported): value is KnownValue => value.kind !== 'runtime';

/** Whole numbers, as a constant where none of them depends on the batch. */
export function knownSizes(dims: readonly Dim[], scalar: boolean): KnownValue {
  if (dims.some(isBatch)) return { kind: 'sizes', dims, scalar };
  return {
    kind: 'constant',
    tensor: { data: Float64Array.from(dims as number[]), shape: scalar ? [] : [dims.length] },
    integer: true,
  };
}

export const dimsOf = (value: KnownValue): readonly Dim[] =>
  value.kind === 'sizes' ? value.dims : Array.from(value.tensor.data);

export const isScalar = (value: KnownValue): boolean =>
  value.kind === 'sizes' ? value.scalar : value.tensor.shape.length === 0;

export const parameterOf = ({ tensor, origin }: ConstantValue): Parameter =>
  origin ? { tensor, origin } : { tensor };

export const constantOf = ({ tensor, origin }: Parameter, integer: boolean): ConstantValue => ({
  kind: 'constant',
  tensor,
  integer,
  ...(origin ? { origin } : {}),
});
