import type { ActivationAttributes, PointwiseFunction } from '@patternlens/core';
import type { ImportContext } from '../import-context.js';
import { axisInOrder } from '../order.js';
import type { Place } from '../place.js';
import type { RuntimeValue } from '../values.js';

export type Activation =
  | { readonly kind: 'identity' }
  | { readonly kind: 'rectifier' }
  | { readonly kind: 'softmax' | 'log-softmax'; readonly axis: number }
  | { readonly kind: 'pointwise'; readonly function: PointwiseFunction }
  | { readonly kind: 'activation'; readonly attributes: ActivationAttributes };

const smooth = (attributes: ActivationAttributes): Activation => ({
  kind: 'activation',
  attributes,
});

/** The default constants of Keras and TensorFlow. */
export const SELU = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };

/** Activations by their names in Keras, in small letters without separators. */
const named: Readonly<Record<string, Activation>> = {
  linear: { kind: 'identity' },
  relu: { kind: 'rectifier' },
  relu6: smooth({ function: 'clip', low: 0, high: 6 }),
  elu: smooth({ function: 'elu', alpha: 1 }),
  selu: smooth({ function: 'selu', ...SELU }),
  sigmoid: smooth({ function: 'sigmoid' }),
  hardsigmoid: smooth({ function: 'hard-sigmoid', alpha: 0.2, beta: 0.5 }),
  softplus: smooth({ function: 'softplus' }),
  softsign: smooth({ function: 'softsign' }),
  tanh: smooth({ function: 'tanh' }),
  swish: smooth({ function: 'silu' }),
  silu: smooth({ function: 'silu' }),
  mish: smooth({ function: 'mish' }),
  gelu: smooth({ function: 'gelu', approximation: 'none' }),
  gelunew: smooth({ function: 'gelu', approximation: 'tanh' }),
  leakyrelu: smooth({ function: 'leaky-rectifier', slope: 0.2 }),
  exponential: { kind: 'pointwise', function: 'exp' },
  softmax: { kind: 'softmax', axis: -1 },
  logsoftmax: { kind: 'log-softmax', axis: -1 },
};

const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');

/** What Keras calls an activation; undefined where it is unknown. */
export function activationNamed(name: string): Activation | undefined {
  const key = keyOf(name);
  return Object.hasOwn(named, key) ? named[key] : undefined;
}

export const ACTIVATION_NAMES =
  'linear, relu, relu6, elu, selu, sigmoid, hard_sigmoid, softplus, softsign, tanh, swish, silu, mish, gelu, leaky_relu, exponential, softmax, log_softmax';

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

/** Adds an activation; `fused` makes it a part of the place, under a word of its own. */
export function activate(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  activation: Activation,
  fused: boolean,
): RuntimeValue {
  const word = fused ? wordOf(activation) : undefined;
  const parts = { inputs: [x], word };
  switch (activation.kind) {
    case 'identity':
      return fused
        ? x
        : context.layer(place, 'identity', { ...parts, attributes: {} }, x.channelsFirst);
    case 'rectifier':
      return context.layer(place, 'rectifier', { ...parts, attributes: {} }, x.channelsFirst);
    case 'pointwise':
      return context.layer(
        place,
        'pointwise',
        { ...parts, attributes: { function: activation.function } },
        x.channelsFirst,
      );
    case 'activation':
      return context.layer(
        place,
        'activation',
        { ...parts, attributes: activation.attributes },
        x.channelsFirst,
      );
    default: {
      const rank = x.shape.length;
      const own = place.axis(activation.axis, rank);
      if (own === 0) return place.unsupported('it works along the batch axis.');
      const axis = axisInOrder(own, rank, x.channelsFirst);
      return context.layer(
        place,
        activation.kind,
        { ...parts, attributes: { axis } },
        x.channelsFirst,
      );
    }
  }
}

/** Values held between two bounds, in the simplest form that does it. */
export function clipBetween(low: number, high: number): Activation {
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
