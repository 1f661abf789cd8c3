import { type LayerAttributes, type LayerKind, type Parameter } from '@patternlens/core/network';
import { formatShape, isBatch, sameDim } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { plainOrder, range, sameOrder, samePlace, SAMPLES } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import { along, axisOfSample, partsBefore } from './axes.js';
import { addAxes } from './layout.js';
import { beside, forEachSample } from './parameters.js';

export function addConstant(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  value: Parameter,
): RuntimeValue {
  return besideConstants(context, place, 'add-constant', [x], {}, { value });
}

/** A layer of values and of constants, which broadcast against the model's axes.
 * @param values Of one rank, and held in one order. */
export function besideConstants<K extends LayerKind>(
  context: ImportContext,
  place: Place,
  kind: K,
  values: readonly RuntimeValue[],
  attributes: LayerAttributes[K],
  constants: Readonly<Record<string, Parameter | undefined>>,
): RuntimeValue {
  const same = Object.entries(constants).map(
    ([name, constant]) => [name, constant && forEachSample(values[0]!, constant)] as const,
  );
  const given = same.map(([, constant]) => constant);
  const faced = values.map((value) => facing(context, value, given));
  const laid = same.map(([name, constant]) => [
    name,
    constant && beside(place, constant, faced[0]!),
  ]);
  const parameters = Object.fromEntries(laid) as Readonly<Record<string, Parameter | undefined>>;
  return context.layer(place, kind, faced, attributes, parameters);
}

/** The value held so that constants may have entries of their own along each of its axes but the batch. */
function facing(
  context: ImportContext,
  x: RuntimeValue,
  constants: readonly (Parameter | undefined)[],
): RuntimeValue {
  const [first] = x.order;
  if (first === x.batch?.axis || first === SAMPLES) return x;
  const varies = constants.some((constant) => {
    const shape = constant?.tensor.shape ?? [];
    return (shape[first! - x.shape.length + shape.length] ?? 1) !== 1;
  });
  return varies ? context.whole(x) : x;
}

/** `x * weights + bias`, which broadcast against the model's axes. */
export function scale(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  weights: Parameter,
  bias?: Parameter,
): RuntimeValue {
  return besideConstants(context, place, 'scale', [x], {}, { weights, bias });
}

/** Values of one rank, those of fewer axes with axes of size 1 before them, whose samples are at the same place. */
function aligned(
  context: ImportContext,
  place: Place,
  values: readonly RuntimeValue[],
): RuntimeValue[] {
  const rank = Math.max(...values.map(({ shape }) => shape.length));
  const whole = values.map((value, index) =>
    value.shape.length === rank
      ? value
      : addAxes(context, place.part(`axes-${index + 1}`), value, range(rank - value.shape.length)),
  );
  const [first] = whole;
  const apart = whole.some(
    ({ batch, shape }) =>
      !samePlace(batch, first!.batch) ||
      (batch && !sameDim(shape[batch.axis], first!.shape[batch.axis])),
  );
  return apart ? mixing(place, values, whole) : whole;
}

function mixing(
  place: Place,
  values: readonly RuntimeValue[],
  whole: readonly RuntimeValue[],
): never {
  const shapes = values.map(({ shape }) => formatShape(shape)).join(' and ');
  const together = whole[0]!.shape.map((_, axis) => {
    const sizes = whole.map(({ shape }) => shape[axis]!);
    return sizes.find(isBatch) ?? Math.max(...(sizes as number[]));
  });
  return place.unsupported(
    `its values ${shapes} have their samples at different places: in what it makes, ${formatShape(together)}, the samples of a batch are mixed.`,
    SAMPLES_ALONE,
  );
}

/** Values in one order: that of one which the network does not hold in the model's, where the samples of all are at the same place. */
export function together(
  context: ImportContext,
  place: Place,
  values: readonly RuntimeValue[],
): RuntimeValue[] {
  const same = aligned(context, place, values);
  const orders = new Set(same.map(({ order }) => order.join()));
  if (orders.size === 1) return same;
  const other = same.find(({ order, shape }) => !sameOrder(order, plainOrder(shape)));
  const fits = same.every(({ order }) => order[0] === same[0]!.order[0]);
  return same.map((value) =>
    other && fits ? context.ordered(value, other.order) : context.plain(value),
  );
}

/** The sum of values, each with its sign. */
export function sum(
  context: ImportContext,
  place: Place,
  values: readonly RuntimeValue[],
  signs: readonly (1 | -1)[] = values.map(() => 1 as const),
): RuntimeValue {
  return context.layer(place, 'add', together(context, place, values), { signs });
}

export type PairKind = 'product' | 'quotient' | 'maximum' | 'minimum' | 'power';

export function pair(
  context: ImportContext,
  place: Place,
  kind: PairKind,
  values: readonly [RuntimeValue, RuntimeValue],
): RuntimeValue {
  return context.layer(place, kind, together(context, place, values), {});
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
  if (isBatch(first.shape[place.axis(axis, first.shape.length)]))
    return concatenateSamples(context, place, values, place.axis(axis, first.shape.length));
  const counted = axisOfSample(place, first, axis);
  const inputs = together(context, place, values);
  const turned = inputs.map((input) => along(context, place, input, [counted]));
  const joined = turned.map(({ value }) => value);
  return context.layer(place, 'concat', joined, { axis: turned[0]!.axes[0]! }, {}, 'as-first');
}

/** Values one behind another along the batch: what each has of a sample becomes a part of the sample, all of which stand before the batch. */
function concatenateSamples(
  context: ImportContext,
  place: Place,
  values: readonly RuntimeValue[],
  axis: number,
): RuntimeValue {
  const before = values.reduce((total, value) => total + partsBefore(place, value, axis), 0);
  const order = [SAMPLES, ...range(values[0]!.shape.length)];
  const whole = values.map((value) => context.ordered(value, order));
  const held = { order, batch: { axis, before } };
  return context.layer(place, 'concat', whole, { axis: axis + 1 }, {}, held);
}
