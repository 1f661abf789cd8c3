import type { ChartSeries } from '@patternlens/core/metrics';
import type { Block } from '../pages/block.js';
import { INK, type Mark } from '../pages/page.js';
import { shorten } from '../text/fit-text.js';
import type { PictureRenderer } from '../text/renderer.js';
import { markerAt } from './series-marks.js';
import type { SeriesStyle } from './series-style.js';

const SIZE = 12;
const SAMPLE = 34;
const GAP = 20;
const LINE = 20;

/** Names of the series beside a piece of each line, in as many rows as they take. */
export function chartLegend(
  entries: readonly (readonly [ChartSeries, SeriesStyle])[],
  width: number,
  renderer: PictureRenderer,
): Block {
  const measure = (text: string): number => renderer.textWidth(text, SIZE);
  const marks: Mark[] = [];
  let x = 0,
    row = 0;
  for (const [series, { colour, dash, marker }] of entries) {
    const text = shorten(series.name, width - SAMPLE - 8, measure);
    const entryWidth = SAMPLE + 6 + measure(text);
    if (x > 0 && x + entryWidth > width) [x, row] = [0, row + 1];
    const y = row * LINE + LINE / 2;
    marks.push({
      kind: 'line',
      points: [x, y, x + SAMPLE, y],
      colour,
      width: 2,
      ...(dash ? { dash } : {}),
    });
    if (marker) marks.push(markerAt(marker, x + SAMPLE / 2, y, colour));
    marks.push({ kind: 'text', x: x + SAMPLE + 6, y: y + 4, text, size: SIZE, colour: INK.normal });
    x += entryWidth + GAP;
  }
  return { width, height: (row + 1) * LINE, marks };
}
