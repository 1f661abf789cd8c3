import type { ProgramBuilder, Value } from '../../program/program-builder.js';
import type { LayerGroup } from '../layer-definition.js';

/** Activations other than the plain rectifier, with their constants. */
export type ActivationAttributes =
  | { readonly function: 'leaky-rectifier'; readonly slope: number }
  | { readonly function: 'parametric-rectifier' }
  | { readonly function: 'elu'; readonly alpha: number }
  | { readonly function: 'selu'; readonly alpha: number; readonly gamma: number }
  | { readonly function: 'celu'; readonly alpha: number }
  | {
      readonly function:
        'sigmoid' | 'tanh' | 'softplus' | 'softsign' | 'hard-swish' | 'silu' | 'mish';
    }
  | {
      readonly function: 'clip';
      readonly low: number;
      readonly high: number;
      /** It is where the numbers of a quantised network end: no rectifier. */
      readonly saturates?: true;
    }
  | { readonly function: 'hard-sigmoid'; readonly alpha: number; readonly beta: number }
  | { readonly function: 'gelu'; readonly approximation: 'none' | 'tanh' };

export type ActivationFunction = ActivationAttributes['function'];

/** What methods need to know of an activation's shape. */
export type ActivationClass = Extract<
  LayerGroup,
  'leaky' | 'clip' | 'smooth-monotone' | 'self-gated'
>;

export const activationClass: { readonly [F in ActivationFunction]: ActivationClass } = {
  'leaky-rectifier': 'leaky',
  'parametric-rectifier': 'leaky',
  clip: 'clip',
  elu: 'smooth-monotone',
  selu: 'smooth-monotone',
  celu: 'smooth-monotone',
  sigmoid: 'smooth-monotone',
  tanh: 'smooth-monotone',
  softplus: 'smooth-monotone',
  softsign: 'smooth-monotone',
  'hard-sigmoid': 'leaky',
  'hard-swish': 'self-gated',
  silu: 'self-gated',
  mish: 'self-gated',
  gelu: 'self-gated',
};

/** What an activation reads while it is traced: its input, its parameter, and masks that may be given from outside. */
export interface ActivationScope {
  readonly ops: ProgramBuilder;
  readonly x: Value;
  readonly slope?: Value | undefined;
  readonly mask: (name: string, make: () => Value) => Value;
  /** Masks come from outside, so the value has to follow them. */
  readonly masksGiven: boolean;
}

type Of<F extends ActivationFunction> = Extract<ActivationAttributes, { readonly function: F }>;

interface ActivationDefinition<F extends ActivationFunction> {
  readonly forward: (scope: ActivationScope, attributes: Of<F>) => Value;
  readonly derivative: (scope: ActivationScope, attributes: Of<F>) => Value;
}

const positive = ({ ops, x, mask }: ActivationScope): Value =>
  mask('positive', () => ops.isPositive(x));

/** 1 where the input is positive, else `other`. */
function slopes(scope: ActivationScope, other: Value): Value {
  const { ops } = scope;
  const open = positive(scope);
  return ops.add(open, ops.mul(ops.sub(ops.scalar(1), open), other));
}

/** `scale * (x where positive, else alpha (exp(x / width) - 1))` and its derivative; ELU, SELU and CELU are this. */
function exponentialUnit<F extends 'elu' | 'selu' | 'celu'>(
  constants: (attributes: Of<F>) => { alpha: number; width: number; scale: number },
): ActivationDefinition<F> {
  const exponential = ({ ops, x }: ActivationScope, width: number): Value =>
    ops.exp(ops.mul(ops.negativePart(x), ops.scalar(1 / width)));
  return {
    forward: (scope, attributes) => {
      const { ops, x } = scope;
      const { alpha, width, scale } = constants(attributes);
      const below = ops.mul(ops.sub(exponential(scope, width), ops.scalar(1)), ops.scalar(alpha));
      return ops.mul(ops.select(positive(scope), x, below), ops.scalar(scale));
    },
    derivative: (scope, attributes) => {
      const { ops } = scope;
      const { alpha, width, scale } = constants(attributes);
      const below = ops.mul(exponential(scope, width), ops.scalar(alpha / width));
      return ops.mul(ops.select(positive(scope), ops.scalar(1), below), ops.scalar(scale));
    },
  };
}

/** `log(1 + exp(x))` without overflow. */
function softplus({ ops, x }: ActivationScope): Value {
  const tail = ops.log(ops.add(ops.scalar(1), ops.exp(ops.neg(ops.abs(x)))));
  return ops.add(ops.relu(x), tail);
}

const clipMasks = (
  { ops, x, mask }: ActivationScope,
  low: number,
  high: number,
): { inside: Value; above: Value } => ({
  inside: mask('inside', () =>
    ops.mul(ops.compare(x, 'greater', ops.scalar(low)), ops.compare(x, 'less', ops.scalar(high))),
  ),
  above: mask('above', () => ops.compare(x, 'greaterOrEqual', ops.scalar(high))),
});

/** `clip(alpha x + beta, 0, 1)`, and its derivative, which is 0 at both ends. */
const hardSigmoid = {
  value: ({ ops, x }: ActivationScope, alpha: number, beta: number): Value =>
    ops.min(ops.relu(ops.add(ops.mul(x, ops.scalar(alpha)), ops.scalar(beta))), ops.scalar(1)),
  slope: (scope: ActivationScope, alpha: number, beta: number): Value =>
    scope.ops.mul(
      clipMasks(scope, -beta / alpha, (1 - beta) / alpha).inside,
      scope.ops.scalar(alpha),
    ),
};

const GELU_TANH = { factor: Math.sqrt(2 / Math.PI), cubic: 0.044715 };

/** The argument of GELU's hyperbolic tangent. */
const geluArgument = ({ ops, x }: ActivationScope): Value =>
  ops.mul(
    ops.add(x, ops.mul(ops.mul(ops.mul(x, x), x), ops.scalar(GELU_TANH.cubic))),
    ops.scalar(GELU_TANH.factor),
  );

/** The share of its input that GELU passes. */
function geluShare(scope: ActivationScope, approximation: 'none' | 'tanh'): Value {
  const { ops, x } = scope;
  const curve =
    approximation === 'none'
      ? ops.erf(ops.mul(x, ops.scalar(Math.SQRT1_2)))
      : ops.tanh(geluArgument(scope));
  return ops.mul(ops.add(ops.scalar(1), curve), ops.scalar(0.5));
}

/** Every activation's value and derivative. A derivative at a kink is that of the right-hand rule "strictly above passes". */
export const activationFunctions: { readonly [F in ActivationFunction]: ActivationDefinition<F> } =
  {
    'leaky-rectifier': {
      forward: (scope, { slope }) => scope.ops.mul(scope.x, slopes(scope, scope.ops.scalar(slope))),
      derivative: (scope, { slope }) => slopes(scope, scope.ops.scalar(slope)),
    },
    'parametric-rectifier': {
      forward: (scope) => scope.ops.mul(scope.x, slopes(scope, scope.slope!)),
      derivative: (scope) => slopes(scope, scope.slope!),
    },
    elu: exponentialUnit<'elu'>(({ alpha }) => ({ alpha, width: 1, scale: 1 })),
    selu: exponentialUnit<'selu'>(({ alpha, gamma }) => ({ alpha, width: 1, scale: gamma })),
    celu: exponentialUnit<'celu'>(({ alpha }) => ({ alpha, width: alpha, scale: 1 })),
    sigmoid: {
      forward: ({ ops, x }) => ops.sigmoid(x),
      derivative: ({ ops, x }) => ops.mul(ops.sigmoid(x), ops.sub(ops.scalar(1), ops.sigmoid(x))),
    },
    tanh: {
      forward: ({ ops, x }) => ops.tanh(x),
      derivative: ({ ops, x }) => ops.sub(ops.scalar(1), ops.mul(ops.tanh(x), ops.tanh(x))),
    },
    softplus: { forward: softplus, derivative: ({ ops, x }) => ops.sigmoid(x) },
    softsign: {
      forward: ({ ops, x }) => ops.div(x, ops.add(ops.scalar(1), ops.abs(x))),
      derivative: ({ ops, x }) => {
        const below = ops.add(ops.scalar(1), ops.abs(x));
        return ops.div(ops.scalar(1), ops.mul(below, below));
      },
    },
    clip: {
      forward: (scope, { low, high }) => {
        const { ops, x } = scope;
        const { inside, above } = clipMasks(scope, low, high);
        if (!scope.masksGiven) return ops.min(ops.max(x, ops.scalar(low)), ops.scalar(high));
        return ops.select(inside, x, ops.select(above, ops.scalar(high), ops.scalar(low)));
      },
      derivative: (scope, { low, high }) => clipMasks(scope, low, high).inside,
    },
    'hard-sigmoid': {
      forward: (scope, { alpha, beta }) => hardSigmoid.value(scope, alpha, beta),
      derivative: (scope, { alpha, beta }) => hardSigmoid.slope(scope, alpha, beta),
    },
    'hard-swish': {
      forward: (scope) => scope.ops.mul(scope.x, hardSigmoid.value(scope, 1 / 6, 1 / 2)),
      derivative: (scope) =>
        scope.ops.add(
          hardSigmoid.value(scope, 1 / 6, 1 / 2),
          scope.ops.mul(scope.x, hardSigmoid.slope(scope, 1 / 6, 1 / 2)),
        ),
    },
    silu: {
      forward: ({ ops, x }) => ops.mul(x, ops.sigmoid(x)),
      derivative: ({ ops, x }) => {
        const s = ops.sigmoid(x);
        return ops.mul(s, ops.add(ops.scalar(1), ops.mul(x, ops.sub(ops.scalar(1), s))));
      },
    },
    mish: {
      forward: (scope) => scope.ops.mul(scope.x, scope.ops.tanh(softplus(scope))),
      derivative: (scope) => {
        const { ops, x } = scope;
        const t = ops.tanh(softplus(scope));
        const bend = ops.mul(ops.mul(x, ops.sigmoid(x)), ops.sub(ops.scalar(1), ops.mul(t, t)));
        return ops.add(t, bend);
      },
    },
    gelu: {
      forward: (scope, { approximation }) =>
        scope.ops.mul(scope.x, geluShare(scope, approximation)),
      derivative: (scope, { approximation }) => {
        const { ops, x } = scope;
        const square = ops.mul(x, x);
        if (approximation === 'none') {
          const density = ops.mul(
            ops.exp(ops.mul(square, ops.scalar(-0.5))),
            ops.scalar(1 / Math.sqrt(2 * Math.PI)),
          );
          return ops.add(geluShare(scope, approximation), ops.mul(x, density));
        }
        const t = ops.tanh(geluArgument(scope));
        const inner = ops.mul(
          ops.add(ops.scalar(1), ops.mul(square, ops.scalar(3 * GELU_TANH.cubic))),
          ops.scalar(GELU_TANH.factor),
        );
        const bend = ops.mul(ops.mul(x, ops.sub(ops.scalar(1), ops.mul(t, t))), inner);
        return ops.add(geluShare(scope, approximation), ops.mul(bend, ops.scalar(0.5)));
      },
    },
  };
