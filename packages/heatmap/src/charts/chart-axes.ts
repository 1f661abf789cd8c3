import type { LineChart } from '@patternlens/core/metrics';
import { INK, type Mark } from '../pages/page.js';
import { shorten } from '../text/fit-text.js';
import type { PictureRenderer } from '../text/renderer.js';
import type { ChartScale, PlotSize } from './chart-scale.js';

/** An axis drawn beside a plot whose upper left corner is at the origin, and how far it reaches. */
export interface DrawnAxis {
  readonly marks: readonly Mark[];
  readonly reach: number;
  /** How far it reaches over the plot's left end. */
  readonly left?: number;
}

const SIZE = 11;
const LABEL = 12;
const GRID = '#e6e6e6';
/** Longer names of categories end in an ellipsis. */
const LONGEST = 150;
const TURN = -45;

export function yAxis(
  { yLabel }: LineChart,
  { y, yTicks }: ChartScale,
  { width, height }: PlotSize,
  renderer: PictureRenderer,
): DrawnAxis {
  const widest = Math.max(0, ...yTicks.map(({ text }) => renderer.textWidth(text, SIZE)));
  const reach = widest + 8 + LABEL + 10;
  const marks = yTicks.flatMap(({ value, text }): Mark[] => [
    { kind: 'line', points: [0, y(value), width, y(value)], colour: GRID },
    { kind: 'text', x: -8, y: y(value) + 4, text, size: SIZE, anchor: 'end' },
  ]);
  const label = shorten(yLabel, height, (text) => renderer.textWidth(text, LABEL));
  return {
    reach,
    marks: [
      ...marks,
      {
        kind: 'text',
        x: -reach + LABEL,
        y: height / 2,
        text: label,
        size: LABEL,
        anchor: 'middle',
        turn: -90,
      },
    ],
  };
}

/** Names along the axis: level where they have room, else slanting. */
function categoryLabels(
  names: readonly string[],
  { x }: ChartScale,
  { width, height }: PlotSize,
  renderer: PictureRenderer,
): DrawnAxis {
  const measure = (text: string): number => renderer.textWidth(text, SIZE);
  const step = width / names.length;
  const level = names.every((name) => measure(name) <= step - 8);
  const texts = names.map((name) => (level ? name : shorten(name, LONGEST, measure)));
  const sine = Math.sin((-TURN * Math.PI) / 180);
  const longest = Math.max(0, ...texts.map(measure));
  const marks = texts.map((text, at): Mark =>
    level
      ? { kind: 'text', x: x(at), y: height + 18, text, size: SIZE, anchor: 'middle' }
      : { kind: 'text', x: x(at) + 4, y: height + 14, text, size: SIZE, anchor: 'end', turn: TURN },
  );
  return {
    marks,
    reach: level ? 22 : 20 + longest * sine,
    left: level ? 0 : Math.max(0, ...texts.map((text, at) => measure(text) * sine - x(at))),
  };
}

export function xAxis(
  { categories, xLabel }: LineChart,
  scale: ChartScale,
  size: PlotSize,
  renderer: PictureRenderer,
): DrawnAxis {
  const { width, height } = size;
  const labels: DrawnAxis = categories
    ? categoryLabels(categories, scale, size, renderer)
    : {
        reach: 22,
        marks: scale.xTicks.map(({ value, text }): Mark => ({
          kind: 'text',
          x: scale.x(value),
          y: height + 18,
          text,
          size: SIZE,
          anchor: 'middle',
        })),
      };
  const places = categories
    ? categories.map((_, at) => at)
    : scale.xTicks.map(({ value }) => value);
  const ticks = places.map((place): Mark => ({
    kind: 'line',
    points: [scale.x(place), height, scale.x(place), height + 4],
    colour: INK.faint,
  }));
  const reach = labels.reach + 20;
  return {
    reach,
    left: labels.left ?? 0,
    marks: [
      { kind: 'line', points: [0, height, width, height], colour: INK.faint },
      ...ticks,
      ...labels.marks,
      {
        kind: 'text',
        x: width / 2,
        y: height + reach - 4,
        text: xLabel,
        size: LABEL,
        anchor: 'middle',
      },
    ],
  };
}
