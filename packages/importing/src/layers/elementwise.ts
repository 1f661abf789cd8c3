import { type Parameter } from '@patternlens/core/network';
import { formatShape } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { isModelOrder } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import { beside } from './parameters.js';
import { axisOfSample } from './axes.js';

export function addConstant(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  value: Parameter,
): RuntimeValue {
  return context.layer(place, 'add-constant', [x], {}, { value: beside(place, value, x) });
}

/** `x * weights + bias`, which broadcast against the model's axes. */
export function scale(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  weights: Parameter,
  bias?: Parameter,
): RuntimeValue {
  const parameters = {
    weights: beside(place, weights, x),
    bias: bias && beside(place, bias, x),
  };
  return context.layer(place, 'scale', [x], {}, parameters);
}

/** Values in one order: that of one which the network does not hold in the model's, where all have the same rank. */
export function together(context: ImportContext, values: readonly RuntimeValue[]): RuntimeValue[] {
  const sameRank = values.every(({ shape }) => shape.length === values[0]!.shape.length);
  const other = sameRank ? values.find(({ order }) => !isModelOrder(order)) : undefined;
  return values.map((value) =>
    other ? context.ordered(value, other.order) : context.plain(value),
  );
}

/** The sum of values, each with its sign. */
export function sum(
  context: ImportContext,
  place: Place,
  values: readonly RuntimeValue[],
  signs: readonly (1 | -1)[] = values.map(() => 1 as const),
): RuntimeValue {
  return context.layer(place, 'add', together(context, values), { signs });
}

export type PairKind = 'product' | 'quotient' | 'maximum' | 'minimum' | 'power';

export function pair(
  context: ImportContext,
  place: Place,
  kind: PairKind,
  values: readonly [RuntimeValue, RuntimeValue],
): RuntimeValue {
  return context.layer(place, kind, together(context, values), {});
}

/** Any number of values, joined two by two; the last has the place's own name.
 * @param last The place of the last one. */
export function joined(
  context: ImportContext,
  place: Place,
  kind: PairKind,
  values: readonly RuntimeValue[],
  last: Place = place,
): RuntimeValue {
  const [start, ...rest] = values as [RuntimeValue, ...RuntimeValue[]];
  const at = (index: number): Place =>
    index === rest.length - 1 ? last : place.part(`${kind}-${index + 1}`);
  return rest.reduce(
    (before, value, index) => pair(context, at(index), kind, [before, value]),
    start,
  );
}

/** Values one behind another along one of the model's axes. */
export function concatenate(
  context: ImportContext,
  place: Place,
  values: readonly RuntimeValue[],
  axis: number,
): RuntimeValue {
  const first = values[0]!;
  if (values.some(({ shape }) => shape.length !== first.shape.length))
    place.invalid(
      `it joins values of different ranks: ${values.map(({ shape }) => formatShape(shape)).join(', ')}.`,
    );
  const counted = axisOfSample(place, first, axis);
  const inputs = together(context, values);
  return context.layer(place, 'concat', inputs, { axis: inputs[0]!.order.indexOf(counted) });
}
