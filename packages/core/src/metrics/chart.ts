/** One line of a chart, with a band around it where there are intervals. */
export interface ChartSeries {
  readonly name: string;
  readonly x: readonly number[];
  /** null where there is no value: the line is broken there. */
  readonly y: readonly (number | null)[];
  /** Lower and upper ends of the band, one a point. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** Drawn dashed and grey: what the others are measured against. */
  readonly baseline?: boolean;
}

/** A line chart as data; `@patternlens/heatmap` draws it. */
export interface LineChart {
  /** Stem of its files. */
  readonly id: string;
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Names of the places 0, 1, 2 ... of the x axis, where it has no numbers. */
  readonly categories?: readonly string[];
  readonly yRange?: readonly [number, number];
  readonly series: readonly ChartSeries[];
  /** Sentences under the chart: what was measured, on how many samples. */
  readonly notes: readonly string[];
}
