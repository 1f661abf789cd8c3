import { turnedDistractor, type PlaneVector, type ToyModel } from '@patternlens/data';
import type { Mark, Page, TextMark } from '@patternlens/heatmap';
import { arrowMarks } from './arrow-marks.js';
import { DIRECTION_COLOURS, toyPanel } from './toy-panel.js';

const PANEL = 232;
const GAP = 16;
const EDGE = 20;
const TITLE = 78;
const HEADING = 22;
const NUMBERS = 58;
const ROW = HEADING + PANEL + NUMBERS;

const NOISES = [0.1, 0.5] as const;
const noiseModel = (noise: number): ToyModel => ({
  signal: [1, 0],
  distractor: [0, 1],
  deviation: 0,
  noise,
});

const text = (x: number, y: number, words: string, more: Partial<TextMark> = {}): TextMark => ({
  kind: 'text',
  x,
  y,
  text: words,
  size: 13,
  ...more,
});

const numbers = ([x, y]: PlaneVector): string => {
  const short = (value: number): string => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2);
  return `(${short(x)}, ${short(y)})`.replaceAll('-', '−');
};

function panel(heading: string, model: ToyModel, left: number, top: number, seed: number): Mark[] {
  const drawn = toyPanel(model, { left, top: top + HEADING, size: PANEL, seed });
  const below = top + HEADING + PANEL + 19;
  return [
    text(left, top + 14, heading, { bold: true }),
    ...drawn.marks,
    text(left, below, `w = ${numbers(drawn.weights)}`, {
      colour: DIRECTION_COLOURS.weights,
      bold: true,
    }),
    text(left, below + 18, `a = ${numbers(drawn.pattern)}`, {
      colour: DIRECTION_COLOURS.pattern,
      bold: true,
    }),
  ];
}

const LEGEND: readonly (readonly [keyof typeof DIRECTION_COLOURS, string])[] = [
  ['weights', 'w: weights of the neuron that was trained to tell y from x'],
  ['pattern', 'a: pattern of that neuron, cov[x, y] / var(y)'],
  ['distractor', 'direction of the distractor'],
  ['signal', 'direction of the signal'],
];

function legend(left: number, top: number): Mark[] {
  const entries = LEGEND.flatMap(([name, words], at): Mark[] => {
    const y = top + 32 + at * 24;
    const colour = DIRECTION_COLOURS[name];
    return [
      ...(name === 'signal'
        ? [{ kind: 'line', points: [left, y - 4, left + 44, y - 4], colour } as const]
        : arrowMarks([left, y - 4], [left + 44, y - 4], colour)),
      text(left + 56, y, words),
    ];
  });
  const sentences = [
    'Points are samples; red ones have y > 0, blue ones y < 0, paler towards 0.',
    'Above: as the distractor turns, the weights turn with it, at right angles to it,',
    'since they have to cancel it. The pattern stays at the signal.',
    'Left: noise without a direction only shortens the weights; the pattern grows in turn,',
    'so that w·a = 1.',
  ];
  return [...entries, ...sentences.map((words, at) => text(left, top + 156 + at * 22, words))];
}

/** The toy models of the paper as a figure: the cloud of samples for several angles of the distractor and for noise, with weights and
 * patterns that were fitted on 10000 samples each. */
export function toyFigure(seed: number): Page {
  const width = 2 * EDGE + 5 * PANEL + 4 * GAP;
  const leftOf = (column: number): number => EDGE + column * (PANEL + GAP);
  return {
    width,
    height: TITLE + 2 * ROW + EDGE,
    description: 'Weights turn with the distractor, patterns do not',
    marks: [
      text(EDGE, 34, 'Weights turn with the distractor, patterns do not', {
        size: 20,
        bold: true,
        colour: '#111111',
      }),
      text(
        EDGE,
        57,
        'x = signal · y + distractor · e + noise, with y uniform in −1 to 1 and e normal with deviation 0.3. Each panel shows −2 to 2.',
        { colour: '#555555' },
      ),
      ...[2, 3, 4, 5, 6].flatMap((eighths, at) =>
        panel(
          `distractor at ${22.5 * eighths}°`,
          turnedDistractor(eighths),
          leftOf(at),
          TITLE,
          seed,
        ),
      ),
      ...NOISES.flatMap((noise, at) =>
        panel(`noise of deviation ${noise} only`, noiseModel(noise), leftOf(at), TITLE + ROW, seed),
      ),
      ...legend(leftOf(2) + 12, TITLE + ROW + HEADING),
    ],
  };
}
