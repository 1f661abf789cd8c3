import { SELU, smooth, type Activation } from '@patternlens/importing';

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
