import { PatternLensError } from '@patternlens/core';
import { type LineChart } from '@patternlens/core/metrics';
import { framed, TITLE } from '../figures/figure.js';
import { place, stack, type Block } from '../pages/block.js';
import { drawPage } from '../pages/draw-page.js';
import { INK, type Page } from '../pages/page.js';
import { pageToSvg } from '../pages/page-to-svg.js';
import { textBlock } from '../pages/text-block.js';
import type { Picture } from '../pictures/picture.js';
import { encodePng } from '../pictures/png.js';
import type { PictureRenderer } from '../text/renderer.js';
import { xAxis, yAxis } from './chart-axes.js';
import { chartLegend } from './chart-legend.js';
import { chartScale } from './chart-scale.js';
import { bandMarks, lineMarks } from './series-marks.js';
import { seriesStyle, type SeriesStyle } from './series-style.js';

export interface ChartOptions {
  /** Width of the plot; by default as wide as its names need, at least 560. */
  readonly width?: number;
  /** Height of the plot; default 320. */
  readonly height?: number;
  /** Pixels of the picture for each of the page's; default 2. */
  readonly zoom?: number;
}

/** A finished chart. */
export interface RenderedChart {
  readonly svg: string;
  readonly picture: Picture;
  /** The picture as a PNG file that carries the chart's numbers: read them with `recipeOfPng`. */
  readonly png: Uint8Array;
  readonly page: Page;
}

/** Room for a slanting name. */
const CATEGORY = 24;

function check({ id, series }: LineChart): void {
  for (const { name, x, y, low = y, high = y } of series) {
    if (x.length === y.length && low.length === y.length && high.length === y.length) continue;
    throw new PatternLensError(
      'heatmap',
      'invalid-shape',
      `chart "${id}": series "${name}" has ${x.length} places, ${y.length} values and bands of ${low.length} and ${high.length}. They must be as many.`,
    );
  }
}

function stylesOf({ series }: LineChart): SeriesStyle[] {
  let lines = 0,
    baselines = 0;
  return series.map(({ baseline = false }) =>
    seriesStyle(baseline ? baselines++ : lines++, baseline),
  );
}

function plot(
  chart: LineChart,
  styles: readonly SeriesStyle[],
  options: ChartOptions,
  renderer: PictureRenderer,
): Block {
  const size = {
    width: options.width ?? Math.max(560, CATEGORY * (chart.categories?.length ?? 0)),
    height: options.height ?? 320,
  };
  const scale = chartScale(chart, size);
  const beside = yAxis(chart, scale, size, renderer);
  const below = xAxis(chart, scale, size, renderer);
  const left = Math.ceil(Math.max(beside.reach, below.left ?? 0)),
    right = 16,
    top = 8;
  const marks = [
    ...beside.marks,
    ...below.marks,
    ...chart.series.flatMap((series, at) => bandMarks(series, scale, styles[at]!)),
    // Baselines lie under what is compared with them.
    ...[true, false].flatMap((first) =>
      chart.series.flatMap((series, at) =>
        (series.baseline === true) === first ? lineMarks(series, scale, styles[at]!) : [],
      ),
    ),
  ];
  const body = { ...size, marks };
  return {
    width: left + size.width + right,
    height: Math.ceil(top + size.height + below.reach),
    marks: place(body, left, top),
  };
}

/** Draws a line chart: bands, lines told apart by colour, dashes and points, a legend, and the notes below.
 * @throws PatternLensError `invalid-shape` for series whose parts are not as many. */
export function renderChart(
  chart: LineChart,
  renderer: PictureRenderer,
  options: ChartOptions = {},
): RenderedChart {
  check(chart);
  const styles = stylesOf(chart);
  const drawn = plot(chart, styles, options, renderer);
  const { width } = drawn;
  const legend = chart.series.map((series, at) => [series, styles[at]!] as const);
  const body = stack(
    [
      textBlock(chart.title, width, TITLE, renderer),
      ...(legend.length > 0 ? [chartLegend(legend, width, renderer)] : []),
      drawn,
      ...chart.notes.map((note) =>
        textBlock(note, width, { size: 11, colour: INK.faint }, renderer),
      ),
    ],
    6,
  );
  const page = framed(body, `${chart.title}: ${chart.series.map(({ name }) => name).join(', ')}`);
  const picture = drawPage(page, renderer, options.zoom ?? 2);
  return { page, picture, svg: pageToSvg(page, renderer.family), png: encodePng(picture, chart) };
}
