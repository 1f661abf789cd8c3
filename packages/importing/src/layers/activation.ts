import type { ActivationAttributes, Parameter, PointwiseFunction } from '@patternlens/core/network';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import type { RuntimeValue } from '../values/values.js';
import { beside } from './parameters.js';
import { along, axisOfSample } from './axes.js';

export type Activation =
  | { readonly kind: 'identity' }
  | { readonly kind: 'rectifier' }
  | { readonly kind: 'softmax' | 'log-softmax'; readonly axis: number }
  | { readonly kind: 'pointwise'; readonly function: PointwiseFunction }
  | { readonly kind: 'activation'; readonly attributes: ActivationAttributes };

export const smooth = (attributes: ActivationAttributes): Activation => ({
  kind: 'activation',
  attributes,
});

/** The default constants of Keras and TensorFlow. */
export const SELU = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };

/** A word for an activation that is fused into another layer. */
function wordOf(activation: Activation): string {
  switch (activation.kind) {
    case 'rectifier':
      return 'relu';
    case 'activation':
      return activation.attributes.function;
    case 'pointwise':
      return activation.function;
    default:
      return activation.kind;
  }
}

/** Adds an activation as the layer of a place. */
export function activate(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  activation: Activation,
): RuntimeValue {
  switch (activation.kind) {
    case 'identity':
    case 'rectifier':
      return context.layer(place, activation.kind, [x], {});
    case 'pointwise':
      return context.layer(place, 'pointwise', [x], { function: activation.function });
    case 'activation':
      return context.layer(place, 'activation', [x], activation.attributes);
    default: {
      const counted = axisOfSample(place, x, activation.axis);
      const { value, axes } = along(context, place, x, [counted]);
      return context.layer(place, activation.kind, [value], { axis: axes[0]! }, {}, 'as-first');
    }
  }
}

/** Adds an activation that is fused into a place, as a layer under a word of its own. */
export function activateBehind(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  activation: Activation,
): RuntimeValue {
  return activation.kind === 'identity'
    ? x
    : activate(context, place.part(wordOf(activation)), x, activation);
}

/** A rectifier with a slope for each value, which broadcasts against the model's axes. */
export function rectifyByParameter(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  slope: Parameter,
): RuntimeValue {
  const attributes = { function: 'parametric-rectifier' } as const;
  return context.layer(place, 'activation', [x], attributes, { slope: beside(place, slope, x) });
}

/** Values held between two bounds, in the simplest form that does it. */
export function clipBetween(low: number, high: number): Activation {
  // Exporters write the ends of float32 for "no limit".
  const limit = 3.4e38;
  const noLow = low <= -limit,
    noHigh = high >= limit;
  if (low === 0 && noHigh) return { kind: 'rectifier' };
  if (noLow && noHigh) return { kind: 'identity' };
  return smooth({
    function: 'clip',
    low: noLow ? -Infinity : low,
    high: noHigh ? Infinity : high,
  });
}
