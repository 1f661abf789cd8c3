/** Where a chart's curves are drawn. */
export interface CurveScale {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly steps: number;
  readonly least: number;
  readonly most: number;
  readonly x: (step: number) => number;
  readonly y: (score: number) => number;
}

/** Scores are drawn from 0 to 1 where they are probabilities; else from the smallest to the largest. */
export function scoreRange(
  kind: 'softmax' | 'sigmoid' | 'output',
  curves: readonly (readonly number[])[],
): readonly [least: number, most: number] {
  if (kind !== 'output') return [0, 1];
  const scores = curves.flat();
  const least = scores.reduce((low, score) => Math.min(low, score), Infinity);
  const most = scores.reduce((high, score) => Math.max(high, score), -Infinity);
  return most > least ? [least, most] : [least - 1, most + 1];
}

/** A chart of so many pixels.
 * @param steps The last step. */
export function curveScale(
  width: number,
  height: number,
  steps: number,
  [least, most]: readonly [number, number],
): CurveScale {
  const left = 44,
    right = width - 14,
    top = 10,
    bottom = height - 42;
  return {
    ...{ width, height, left, right, top, bottom, steps, least, most },
    x: (step) => left + (step / steps) * (right - left),
    y: (score) => bottom - ((score - least) / (most - least)) * (bottom - top),
  };
}

/** The step that is nearest to a place along the width. */
export function stepAt({ left, right, steps }: CurveScale, x: number): number {
  const step = Math.round(((x - left) / (right - left)) * steps);
  return Math.max(0, Math.min(steps, step));
}

const place = (value: number): string => value.toFixed(1);

/** A curve as an SVG path, from step 0 on. */
export const linePath = ({ x, y }: CurveScale, scores: readonly number[]): string =>
  scores
    .map((score, step) => `${step === 0 ? 'M' : 'L'}${place(x(step))} ${place(y(score))}`)
    .join('');

/** What lies between two curves as an SVG path. */
export const bandPath = (
  { x, y }: CurveScale,
  low: readonly number[],
  high: readonly number[],
): string => {
  const up = high.map((score, step) => `${place(x(step))} ${place(y(score))}`);
  const back = low.map((score, step) => `${place(x(step))} ${place(y(score))}`).toReversed();
  return `M${[...up, ...back].join('L')}Z`;
};

/** Steps that are written below the chart: round numbers, no more than there is room for. */
export function tickSteps({ steps, left, right }: CurveScale): number[] {
  const room = Math.max(2, Math.floor((right - left) / 60));
  const wide = [1, 2, 5, 10, 20, 25, 50, 100].find((each) => steps / each <= room) ?? steps;
  return Array.from({ length: Math.floor(steps / wide) + 1 }, (_, at) => at * wide);
}
