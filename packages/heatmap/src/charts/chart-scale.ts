import type { LineChart } from '@patternlens/core/metrics';
import { scaleLinear, type ScaleLinear } from 'd3-scale';

/** A round number of an axis, and how it is written there. */
interface Tick {
  readonly value: number;
  readonly text: string;
}

/** From numbers to places on the page. */
export interface ChartScale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly yTicks: readonly Tick[];
  /** Empty where the x axis has names. */
  readonly xTicks: readonly Tick[];
}

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

const finite = (values: readonly (number | null)[]): number[] =>
  values.filter((value): value is number => value !== null && Number.isFinite(value));

function extent(values: readonly number[]): [number, number] {
  let low = Infinity,
    high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Values beyond the range by less than this share of it don't widen it: rounding takes rho a little above 1. */
const BEYOND = 0.03;

function yRange({ series, yRange: given }: LineChart): [number, number] {
  const values = finite(series.flatMap(({ y, low = [], high = [] }) => [...y, ...low, ...high]));
  const [low, high] = extent(values);
  if (!given) {
    const space = 0.05 * (high - low);
    return [low === 0 ? 0 : low - space, high + space];
  }
  const far = BEYOND * (given[1] - given[0]);
  return [
    low < given[0] - far ? low - far : given[0],
    high > given[1] + far ? high + far : given[1],
  ];
}

/** About so many round numbers of a scale: with as many decimals as each other, very large and very small ones with an exponent. */
function ticksOf(scale: ScaleLinear<number, number>, about: number): Tick[] {
  const values = scale.ticks(about);
  const largest = Math.max(0, ...values.map(Math.abs));
  const write = scale.tickFormat(about, largest >= 1e6 || largest < 1e-4 ? '~e' : 'f');
  return values.map((value) => ({ value, text: write(value) }));
}

export function chartScale(chart: LineChart, { width, height }: PlotSize): ChartScale {
  const [bottom, top] = yRange(chart);
  const y = scaleLinear([bottom, top], [height, 0]);
  const yTicks = ticksOf(y, Math.max(2, height / 55));
  if (chart.categories) {
    const step = width / Math.max(1, chart.categories.length);
    return { y, yTicks, xTicks: [], x: (value) => (value + 0.5) * step };
  }
  const [first, last] = extent(finite(chart.series.flatMap(({ x }) => x)));
  const x = scaleLinear([first, last], [0, width]);
  return { x, y, yTicks, xTicks: ticksOf(x, width / 80) };
}
