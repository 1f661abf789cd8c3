import type { ChartSeries } from '@patternlens/core/metrics';
import type { Mark } from '../pages/page.js';
import type { ChartScale } from './chart-scale.js';
import type { SeriesStyle } from './series-style.js';

const isNumber = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

/** Stretches of places without a gap. */
function stretches(count: number, there: (at: number) => boolean): number[][] {
  const all: number[][] = [];
  for (let at = 0; at < count; at++) {
    if (!there(at)) continue;
    const last = all.at(-1);
    if (last?.at(-1) === at - 1) last.push(at);
    else all.push([at]);
  }
  return all;
}

/** The band around a series: drawn before all lines. */
export function bandMarks(
  { x, y, low, high }: ChartSeries,
  scale: ChartScale,
  { colour }: SeriesStyle,
): Mark[] {
  if (!low || !high) return [];
  return stretches(y.length, (at) => isNumber(low[at]) && isNumber(high[at])).map((places) => ({
    kind: 'polygon',
    fill: colour,
    opacity: 0.14,
    points: [
      ...places.flatMap((at) => [scale.x(x[at]!), scale.y(high[at]!)]),
      ...places.toReversed().flatMap((at) => [scale.x(x[at]!), scale.y(low[at]!)]),
    ],
  }));
}

/** Points nearer to each other than this, in pixels, get no markers of their own. */
const NEAR = 12;

export function lineMarks(
  { x, y }: ChartSeries,
  scale: ChartScale,
  { colour, dash, marker }: SeriesStyle,
): Mark[] {
  const there = (at: number): boolean => isNumber(y[at]);
  const lines = stretches(y.length, there).map((places): Mark => ({
    kind: 'line',
    colour,
    width: 2,
    ...(dash ? { dash } : {}),
    points: places.flatMap((at) => [scale.x(x[at]!), scale.y(y[at]!)]),
  }));
  const outline = marker ?? [-2, -2, 2, -2, 2, 2, -2, 2];
  let last = -Infinity;
  const points = x.flatMap((value, at): Mark[] => {
    const place = scale.x(value);
    if (!there(at) || place - last < NEAR) return [];
    last = place;
    const alone = !there(at - 1) && !there(at + 1);
    return marker || alone ? [markerAt(outline, place, scale.y(y[at]!), colour)] : [];
  });
  return [...lines, ...points];
}

export const markerAt = (outline: readonly number[], x: number, y: number, fill: string): Mark => ({
  kind: 'polygon',
  fill,
  points: outline.map((value, at) => value + (at % 2 === 0 ? x : y)),
});
