import {
  filled,
  mapTensor,
  reshapeParameter,
  zipTensors,
  type Parameter,
  type Tensor,
} from '@patternlens/core';
import type { ImportContext } from '../import-context.js';
import type { Place } from '../place.js';
import type { RuntimeValue } from '../values.js';
import { addConstant, pair, scalar, scale, sum } from './elementwise.js';
import { ownAxis } from './layout.js';
import { reduce } from './pooling.js';

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
  const axis = ownAxis(place, x, spec.axis);
  const channels = x.shape[axis] as number;
  if (!Number.isFinite(epsilon) || epsilon < 0)
    place.invalid(`its epsilon ${epsilon} must be a number from 0.`);
  const check = (name: string, parameter: Parameter): Parameter =>
    parameter.tensor.data.length === channels
      ? reshapeParameter(parameter, [channels])
      : place.invalid(
          `its ${name} has ${parameter.tensor.data.length} values for ${channels} channels.`,
        );
  const parameters = {
    scale: check('gamma', spec.scale ?? { tensor: filled([channels], 1) }),
    shift: check('beta', spec.shift ?? { tensor: filled([channels], 0) }),
    mean: check('mean', spec.mean),
    variance: check('variance', spec.variance),
  };
  const last = rank > 2 && axis === rank - 1;
  if (axis === 1 || last)
    return context.layer(
      place,
      'batch-normalisation',
      { inputs: [context.ordered(x, last)], attributes: { epsilon }, parameters },
      last,
    );
  return scale(context, place, x, affine(parameters, epsilon, rank - 1 - axis));
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

export interface LayerNormalisationSpec {
  readonly axes: readonly number[];
  readonly epsilon: number;
  /** As they broadcast against the input. */
  readonly scale: Parameter | undefined;
  readonly shift: Parameter | undefined;
}

/** Normalisation of every sample by its own statistics, out of single steps. */
export function normaliseLayer(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { axes, epsilon, ...affineParts }: LayerNormalisationSpec,
): RuntimeValue {
  const part = (name: string): Place => place.part(name);
  const own = axes.map((axis) => ownAxis(place, x, axis));
  const over = { axes: own, keep: true };
  const mean = reduce(context, part('mean'), x, 'mean', over);
  const centred = sum(context, part('centre'), [x, mean], { signs: [1, -1] });
  const squares = pair(context, part('square'), 'product', [centred, centred]);
  const variance = reduce(context, part('variance'), squares, 'mean', over);
  const shifted = addConstant(context, part('epsilon'), variance, scalar(epsilon));
  const deviation = context.layer(
    part('deviation'),
    'pointwise',
    { inputs: [shifted], attributes: { function: 'sqrt' } },
    shifted.channelsFirst,
  );
  const normal = pair(context, part('normal'), 'quotient', [centred, deviation]);
  return scale(context, place, normal, {
    weights: affineParts.scale ?? scalar(1),
    bias: affineParts.shift,
  });
}
