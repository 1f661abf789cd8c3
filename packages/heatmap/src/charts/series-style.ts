/** How a series is told from the others: by colour, by dashes and by the shape of its points, so that none of them alone has to do. */
export interface SeriesStyle {
  readonly colour: string;
  readonly dash?: readonly number[];
  /** Outline of its points about the origin, x and y in turn; none for baselines. */
  readonly marker?: readonly number[];
}

/** Colours that people with any colour vision can tell apart. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#5b3a8c'];
const DASHES = [undefined, [7, 3], [2, 3], [9, 3, 2, 3], [5, 2], [12, 4], [4, 2, 1, 2]];

const polygon = (corners: number, radius: number, turned = 0): number[] =>
  Array.from({ length: corners }, (_, at) => {
    const angle = (2 * Math.PI * (at + turned)) / corners - Math.PI / 2;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }).flat();

const MARKERS = [
  polygon(16, 3.4),
  polygon(4, 4, 0.5),
  polygon(3, 4.6),
  polygon(4, 4.4),
  polygon(3, 4.6, 0.5),
  polygon(5, 4.2),
  polygon(6, 4),
];

const BASELINES = [
  [4, 4],
  [1, 3],
  [8, 3],
] as const;

/** The style of the `at`-th series of its sort. */
export function seriesStyle(at: number, baseline: boolean): SeriesStyle {
  if (baseline) return { colour: '#777', dash: BASELINES[at % BASELINES.length]! };
  const dash = DASHES[(at + Math.floor(at / COLOURS.length)) % DASHES.length];
  return {
    colour: COLOURS[at % COLOURS.length]!,
    marker: MARKERS[at % MARKERS.length]!,
    ...(dash ? { dash } : {}),
  };
}
