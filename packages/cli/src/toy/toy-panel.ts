import { toyNeuron, toySamples, type PlaneVector, type ToyModel } from '@patternlens/data';
import type { Mark } from '@patternlens/heatmap';
import { arrowMarks } from './arrow-marks.js';

/** The colours of the four directions, told apart in grey and by people who see no red, too. */
export const DIRECTION_COLOURS = {
  signal: '#000000',
  distractor: '#e69f00',
  weights: '#0072b2',
  pattern: '#d55e00',
} as const;

/** The part of the plane that a panel shows, from its middle. */
const REACH = 2;

export interface ToyPanel {
  readonly marks: readonly Mark[];
  readonly weights: PlaneVector;
  readonly pattern: PlaneVector;
}

/** Points of positive y are reddish, of negative y bluish, paler towards 0. */
function pointColour(y: number): string {
  const pale = Math.round(232 - 120 * Math.abs(y));
  return y > 0 ? `rgb(240,${pale},${pale})` : `rgb(${pale},${pale},240)`;
}

/** A cloud of samples of a toy model with the directions of its signal and its distractor, and over it the weights and the pattern of the
 * neuron that was trained on many samples. */
export function toyPanel(
  model: ToyModel,
  { left, top, size, seed }: { left: number; top: number; size: number; seed: number },
): ToyPanel {
  const scale = size / (2 * REACH);
  const place = ([x, y]: PlaneVector): [number, number] => [
    left + size / 2 + scale * x,
    top + size / 2 - scale * y,
  ];
  const middle = place([0, 0]);
  const { input, target } = toySamples(model, { seed, count: 500 });
  const points = Array.from(target, (y, at): Mark[] => {
    const point: PlaneVector = [input.data[2 * at]!, input.data[2 * at + 1]!];
    if (point.some((value) => Math.abs(value) > REACH - 0.02)) return [];
    const [x, down] = place(point);
    return [{ kind: 'box', x: x - 1, y: down - 1, width: 2, height: 2, fill: pointColour(y) }];
  });
  const { weights, pattern } = toyNeuron(toySamples(model, { seed, count: 10_000 }));
  const arrow = (to: PlaneVector, colour: string): readonly Mark[] =>
    arrowMarks(middle, place(to), colour);
  const axes = (['h', 'v'] as const).map((axis): Mark => ({
    kind: 'line',
    points:
      axis === 'h'
        ? [left, middle[1], left + size, middle[1]]
        : [middle[0], top, middle[0], top + size],
    colour: '#dddddd',
  }));
  // The signal's direction as a line under its pattern, which would hide an arrow.
  const [sx, sy] = model.signal;
  const far = REACH / Math.max(Math.abs(sx), Math.abs(sy));
  return {
    weights,
    pattern,
    marks: [
      { kind: 'box', x: left, y: top, width: size, height: size, border: '#bbbbbb' },
      ...axes,
      ...points.flat(),
      {
        kind: 'line',
        points: [...place([-far * sx, -far * sy]), ...place([far * sx, far * sy])],
        colour: DIRECTION_COLOURS.signal,
      },
      ...(model.deviation > 0 ? arrow(model.distractor, DIRECTION_COLOURS.distractor) : []),
      ...arrow(pattern, DIRECTION_COLOURS.pattern),
      ...arrow(weights, DIRECTION_COLOURS.weights),
    ],
  };
}
