import { type Tensor } from '@patternlens/core';
import { reshapeParameter, type LayerAttributes, type Parameter } from '@patternlens/core/network';
import { filled, mapTensor, zipTensors } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { scalarParameter, type RuntimeValue } from '../values/values.js';
import { addConstant, pair, scale, sum } from './elementwise.js';

import { reduce } from './pooling.js';
import { windowed } from './windows.js';
import { axisOfSample, sizeAlong } from './axes.js';

export interface BatchNormalisationSpec {
  readonly axis: number;
  readonly epsilon: number;
  readonly scale: Parameter | undefined;
  readonly shift: Parameter | undefined;
  readonly mean: Parameter;
  readonly variance: Parameter;
}

/** Normalisation with stored statistics along one axis. */
export function normaliseBatch(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  spec: BatchNormalisationSpec,
): RuntimeValue {
  const { epsilon } = spec;
  const rank = x.shape.length;
  const axis = axisOfSample(place, x, spec.axis);
  const channels = sizeAlong(place, x.shape, axis);
  if (!Number.isFinite(epsilon) || epsilon < 0)
    place.invalid(`its epsilon ${epsilon} must be a number from 0.`);
  const check = (name: string, parameter: Parameter): Parameter =>
    parameter.tensor.data.length !== channels
      ? place.invalid(
          `its ${name} has ${parameter.tensor.data.length} values for ${channels} channels.`,
        )
      : parameter.tensor.shape.length === 1
        ? parameter
        : reshapeParameter(parameter, [channels]);
  const parameters = {
    scale: check('scale', spec.scale ?? { tensor: filled([channels], 1) }),
    shift: check('shift', spec.shift ?? { tensor: filled([channels], 0) }),
    mean: check('mean', spec.mean),
    variance: check('variance', spec.variance),
  };
  const last = rank > 2 && axis === rank - 1;
  if ((axis === 1 || last) && (x.batch?.axis ?? 0) === 0) {
    const { value } = windowed(context, place, x, last);
    return context.layer(
      place,
      'batch-normalisation',
      [value],
      { epsilon },
      parameters,
      'as-first',
    );
  }
  const { weights, bias } = affine(parameters, epsilon, rank - 1 - axis);
  return scale(context, place, x, weights, bias);
}

/** The same as factors and shifts, which broadcast along an axis before others. */
function affine(
  parameters: Readonly<Record<'scale' | 'shift' | 'mean' | 'variance', Parameter>>,
  epsilon: number,
  behind: number,
): { weights: Parameter; bias: Parameter } {
  const { mean, variance, shift } = parameters;
  const deviation = mapTensor(variance.tensor, (value) => Math.sqrt(value + epsilon));
  const weights = zipTensors(parameters.scale.tensor, deviation, (a, b) => a / b);
  const moved = zipTensors(mean.tensor, weights, (a, b) => a * b);
  const along = (tensor: Tensor): Tensor => ({
    data: tensor.data,
    shape: [tensor.data.length, ...new Array<number>(behind).fill(1)],
  });
  return {
    weights: { tensor: along(weights) },
    bias: { tensor: along(zipTensors(shift.tensor, moved, (a, b) => a - b)) },
  };
}

/** Each value divided by a power of those of the channels around it. */
export function normaliseResponses(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  attributes: LayerAttributes['local-response-normalisation'],
): RuntimeValue {
  const kind = 'local-response-normalisation';
  const { value } = windowed(context, place, x, false);
  return context.layer(place, kind, [value], attributes, {}, 'as-first');
}

/** What a normalisation over axes computes: the value, and the statistics that it is made with. */
export interface Standardised {
  readonly normal: RuntimeValue;
  /** Undefined where nothing is subtracted. */
  readonly mean?: RuntimeValue;
  /** The root of the variance and epsilon. */
  readonly deviation: RuntimeValue;
}

/** `(x - mean) / sqrt(variance + epsilon)` over some of the model's axes, out of single steps. */
export function standardise(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axes: readonly number[],
  epsilon: number,
): Standardised {
  const mean = reduce(context, place.part('mean'), x, 'mean', axes);
  const centred = sum(context, place.part('centre'), [x, mean], [1, -1]);
  return { ...divideByRoot(context, place, centred, axes, epsilon), mean };
}

/** `x / sqrt(mean of squares + epsilon)`. */
export function divideByRoot(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axes: readonly number[],
  epsilon: number,
): Standardised {
  const squares = pair(context, place.part('square'), 'product', [x, x]);
  const variance = reduce(context, place.part('variance'), squares, 'mean', axes);
  const epsilonAdded = scalarParameter(epsilon);
  const shifted = addConstant(context, place.part('epsilon'), variance, epsilonAdded);
  const root = { function: 'sqrt' } as const;
  const deviation = context.layer(place.part('deviation'), 'pointwise', [shifted], root);
  return {
    normal: pair(context, place.part('normal'), 'quotient', [x, deviation]),
    deviation,
  };
}
