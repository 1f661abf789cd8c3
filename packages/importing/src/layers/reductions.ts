import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import type { RuntimeValue } from '../values/values.js';
import { pair, sum } from './elementwise.js';
import { reduce } from './pooling.js';

export interface ReductionSteps {
  /** The reduction over some of the model's axes, which are kept with size 1. */
  readonly reduced: (
    context: ImportContext,
    place: Place,
    x: RuntimeValue,
    axes: readonly number[],
  ) => RuntimeValue;
  /** What it makes of every number alone, where there are no axes. */
  readonly alone: (context: ImportContext, place: Place, x: RuntimeValue) => RuntimeValue;
}

const applied =
  (name: 'abs' | 'exp' | 'log' | 'sqrt') =>
  (context: ImportContext, place: Place, x: RuntimeValue): RuntimeValue =>
    context.layer(place, 'pointwise', [x], { function: name });

const squared: ReductionSteps['alone'] = (context, place, x) =>
  pair(context, place, 'product', [x, x]);

const same: ReductionSteps['alone'] = (context, place, x) =>
  context.layer(place, 'identity', [x], {});

const plain = (kind: Parameters<typeof reduce>[3]): ReductionSteps => ({
  reduced: (context, place, x, axes) => reduce(context, place, x, kind, axes),
  alone: same,
});

const sumOf = (
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axes: readonly number[],
): RuntimeValue => reduce(context, place, x, 'sum', axes);

/** The logarithm of the sum of exponentials, taken of what is left without the largest: nothing overflows. */
const logSumExp: ReductionSteps['reduced'] = (context, place, x, axes) => {
  const largest = reduce(context, place.part('largest'), x, 'maximum-over-axes', axes);
  const rest = sum(context, place.part('rest'), [x, largest], [1, -1]);
  const total = sumOf(
    context,
    place.part('sum'),
    applied('exp')(context, place.part('exp'), rest),
    axes,
  );
  return sum(context, place, [largest, applied('log')(context, place.part('log'), total)]);
};

/** How reductions are made out of layers. */
export const reductions = {
  mean: plain('mean'),
  sum: plain('sum'),
  maximum: plain('maximum-over-axes'),
  minimum: plain('minimum-over-axes'),
  product: plain('product-over-axes'),
  'sum-of-sizes': {
    reduced: (context, place, x, axes) =>
      sumOf(context, place, applied('abs')(context, place.part('abs'), x), axes),
    alone: applied('abs'),
  },
  'sum-of-squares': {
    reduced: (context, place, x, axes) =>
      sumOf(context, place, squared(context, place.part('square'), x), axes),
    alone: squared,
  },
  norm: {
    reduced: (context, place, x, axes) => {
      const squares = squared(context, place.part('square'), x);
      return applied('sqrt')(context, place, sumOf(context, place.part('sum'), squares, axes));
    },
    alone: applied('abs'),
  },
  'log-of-sum': {
    reduced: (context, place, x, axes) =>
      applied('log')(context, place, sumOf(context, place.part('sum'), x, axes)),
    alone: applied('log'),
  },
  'log-of-sum-of-exponentials': { reduced: logSumExp, alone: same },
} as const satisfies Readonly<Record<string, ReductionSteps>>;

export type ReductionName = keyof typeof reductions;
