import {
  formatShape,
  mapTensor,
  reshapeParameter,
  type Parameter,
  type Shape,
} from '@patternlens/core';
import type { ImportContext } from '../import-context.js';
import { axisInOrder, parameterInOrder } from '../order.js';
import type { Place } from '../place.js';
import type { RuntimeValue } from '../values.js';
import { ownAxis } from './layout.js';

export const scalar = (value: number): Parameter => ({
  tensor: { data: Float64Array.of(value), shape: [] },
});

export const mapped = (parameter: Parameter, change: (value: number) => number): Parameter => ({
  ...parameter,
  tensor: mapTensor(parameter.tensor, change),
});

/** A constant without the leading axis of size 1 that stands for the batch. */
export function besideBatch(place: Place, constant: Parameter, shape: Shape): Parameter {
  const own = constant.tensor.shape;
  if (own.length < shape.length) return constant;
  if (own.length > shape.length || own[0] !== 1)
    return place.unsupported(
      `its constant of shape [${own.join(', ')}] varies along the batch of ${formatShape(shape)}.`,
    );
  return reshapeParameter(constant, own.slice(1));
}

/** A constant as it stands beside a value in the value's own order. */
export function beside(place: Place, constant: Parameter, x: RuntimeValue): Parameter {
  return parameterInOrder(besideBatch(place, constant, x.shape), x.shape.length, x.channelsFirst);
}

export function addConstant(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  value: Parameter,
  word?: string,
): RuntimeValue {
  return context.layer(
    place,
    'add-constant',
    { inputs: [x], attributes: {}, parameters: { value: beside(place, value, x) }, word },
    x.channelsFirst,
  );
}

/** `x * weights + bias`, which broadcast against TensorFlow's axes. */
export function scale(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { weights, bias, word }: { weights: Parameter; bias?: Parameter | undefined; word?: string },
): RuntimeValue {
  return context.layer(
    place,
    'scale',
    {
      inputs: [x],
      attributes: {},
      parameters: {
        weights: beside(place, weights, x),
        bias: bias && beside(place, bias, x),
      },
      word,
    },
    x.channelsFirst,
  );
}

/** Values in one order: channels first where one of them is, and all have the same rank. */
export function together(context: ImportContext, values: readonly RuntimeValue[]): RuntimeValue[] {
  const sameRank = values.every(({ shape }) => shape.length === values[0]!.shape.length);
  const first = sameRank && values.some(({ channelsFirst }) => channelsFirst);
  return values.map((value) => context.ordered(value, first));
}

/** The sum of values, each with its sign. */
export function sum(
  context: ImportContext,
  place: Place,
  values: readonly RuntimeValue[],
  {
    signs = values.map(() => 1 as const),
    word,
  }: { signs?: readonly (1 | -1)[]; word?: string } = {},
): RuntimeValue {
  const inputs = together(context, values);
  return context.layer(
    place,
    'add',
    { inputs, attributes: { signs }, word },
    inputs[0]!.channelsFirst,
  );
}

export type PairKind = 'product' | 'quotient' | 'maximum' | 'minimum' | 'power';

export function pair(
  context: ImportContext,
  place: Place,
  kind: PairKind,
  values: readonly [RuntimeValue, RuntimeValue],
  word?: string,
): RuntimeValue {
  const inputs = together(context, values);
  return context.layer(place, kind, { inputs, attributes: {}, word }, inputs[0]!.channelsFirst);
}

/** Any number of values, joined two by two; the last has the place's own name. */
export function joined(
  context: ImportContext,
  place: Place,
  kind: PairKind,
  values: readonly RuntimeValue[],
): RuntimeValue {
  const [start, ...rest] = values as [RuntimeValue, ...RuntimeValue[]];
  return rest.reduce(
    (before, value, index) =>
      pair(
        context,
        place,
        kind,
        [before, value],
        index === rest.length - 1 ? undefined : `${kind}-${index + 1}`,
      ),
    start,
  );
}

export function concatenate(
  context: ImportContext,
  place: Place,
  values: readonly RuntimeValue[],
  axis: number,
): RuntimeValue {
  const rank = values[0]!.shape.length;
  if (values.some(({ shape }) => shape.length !== rank))
    place.invalid(
      `it joins values of different ranks: ${values.map(({ shape }) => formatShape(shape)).join(', ')}.`,
    );
  const own = ownAxis(place, values[0]!, axis);
  if (values.length === 1) return values[0]!;
  const inputs = together(context, values);
  const first = inputs[0]!.channelsFirst;
  return context.layer(
    place,
    'concat',
    { inputs, attributes: { axis: axisInOrder(own, rank, first) } },
    first,
  );
}
