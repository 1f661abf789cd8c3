import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { scalarParameter, type RuntimeValue } from '../values/values.js';
import { addConstant } from './elementwise.js';

const compared = (
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  relation: 'greater' | 'less',
  limit: number,
): RuntimeValue =>
  context.layer(place, 'compare', [x], { relation }, { value: scalarParameter(limit) });

/** A value where it is above a threshold, else 0. */
export function passAbove(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  threshold: number,
): RuntimeValue {
  if (threshold === 0) return context.layer(place, 'rectifier', [x], {});
  const isAbove = compared(context, place.part('above'), x, 'greater', threshold);
  return context.layer(place, 'choice', [isAbove, x], {}, { other: scalarParameter(0) });
}

/** A value beyond two limits of either sign, moved towards 0, else 0. */
export function shrink(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { limit, bias }: { readonly limit: number; readonly bias: number },
): RuntimeValue {
  const moved = (word: string, by: number): RuntimeValue =>
    by === 0 ? x : addConstant(context, place.part(word), x, scalarParameter(by));
  const isAbove = compared(context, place.part('above'), x, 'greater', limit);
  const high = [isAbove, moved('lowered', -bias)];
  const above = context.layer(
    place.part('high'),
    'choice',
    high,
    {},
    { other: scalarParameter(0) },
  );
  const isBelow = compared(context, place.part('below'), x, 'less', -limit);
  return context.layer(place, 'choice', [isBelow, moved('raised', bias), above], {});
}
