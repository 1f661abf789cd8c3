import { bootstrapWith, meanOf, type Interval } from '../statistics/bootstrap.js';
import { pairedDifference, type PairedDifference } from '../statistics/paired.js';
import { trapezoid } from '../statistics/trapezoid.js';
import { aopc } from './degrade.js';

/** The curves of one order of patches: one a sample. */
export interface OrderCurves {
  readonly curves: readonly Float64Array[];
  /** Scores where patches of least relevance are replaced first, at `leastSteps`. */
  readonly least?: readonly Float64Array[] | undefined;
}

/** What is told of one order. */
export interface OrderSummary {
  /** The mean score after each step, with its interval. */
  readonly curve: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly aopc: Interval;
  /** The curve's mean height: the area under it, its width being 1. */
  readonly area: Interval;
  readonly leastCurve?: readonly number[] | undefined;
  /** Area between the curve of least relevance first and that of most relevance first. */
  readonly abpc?: Interval | undefined;
  readonly perSample: readonly {
    readonly aopc: number;
    readonly area: number;
    readonly abpc?: number | undefined;
    readonly curve: readonly number[];
  }[];
}

function meanCurve(
  curves: readonly Float64Array[],
  draws: readonly Uint32Array[],
): Pick<OrderSummary, 'curve' | 'low' | 'high'> {
  const points = Array.from(curves[0]!, (_, step) =>
    bootstrapWith(
      Float64Array.from(curves, (curve) => curve[step]!),
      draws,
    ),
  );
  return {
    curve: points.map(({ mean }) => mean!),
    low: points.map(({ low }) => low!),
    high: points.map(({ high }) => high!),
  };
}

/** The mean height between both curves of one sample, at the steps that both have. */
const between = (
  falling: Float64Array,
  least: Float64Array,
  leastSteps: readonly number[],
): number =>
  trapezoid(
    leastSteps.map((step, at) => least[at]! - falling[step]!),
    leastSteps,
  );

export function summariseOrder(
  { curves, least }: OrderCurves,
  leastSteps: readonly number[],
  draws: readonly Uint32Array[],
): OrderSummary {
  const perSample = curves.map((curve, at) => ({
    aopc: aopc(curve),
    area: trapezoid(curve),
    ...(least ? { abpc: between(curve, least[at]!, leastSteps) } : {}),
    curve: Array.from(curve),
  }));
  const interval = (values: readonly number[]): Interval => bootstrapWith(values, draws);
  return {
    ...meanCurve(curves, draws),
    aopc: interval(perSample.map((sample) => sample.aopc)),
    area: interval(perSample.map((sample) => sample.area)),
    ...(least
      ? {
          leastCurve: leastSteps.map((_, at) => meanOf(least.map((curve) => curve[at]!))),
          abpc: interval(perSample.map((sample) => sample.abpc!)),
        }
      : {}),
    perSample,
  };
}

/** The AOPC of one order less that of another, sample by sample. */
export function compareOrders(
  first: OrderSummary,
  second: OrderSummary,
  draws: readonly Uint32Array[],
): PairedDifference {
  const scores = ({ perSample }: OrderSummary): number[] => perSample.map((sample) => sample.aopc);
  return pairedDifference(scores(first), scores(second), draws);
}
