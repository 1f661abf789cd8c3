import { barX, dot, plot, ruleX, ruleY, text, tickX } from '@observablehq/plot';
import { labelRoom, ratioText, timeText } from '@patternlens/page';

/** A bar: a time of a backend, with its spread where it has one. */
export interface SpeedBar {
  readonly label: string;
  /** What kind of time, where a backend has two: `cold`, `batch 16`. */
  readonly kind: string;
  readonly time: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** The plain forward pass beside it. */
  readonly forward?: number | undefined;
  readonly note: string;
}

/** Bars from 0; dots on a logarithmic axis, which has no 0 that a bar could begin at. */
export function speedChart(
  bars: readonly SpeedBar[],
  logarithmic: boolean,
  width: number,
): Element {
  const labels = [...new Set(bars.map(({ label }) => label))];
  const kinds = [...new Set(bars.map(({ kind }) => kind))];
  const double = kinds.length > 1;
  const step = double ? 25 : 34;
  const end = Math.max(...bars.map(({ high, time }) => Math.max(high ?? 0, time)));
  const begin = Math.min(
    ...bars.flatMap(({ low, time, forward }) => [low ?? time, forward ?? time]),
  );
  const fill = (bar: SpeedBar): string =>
    bar.kind === kinds[0] ? 'var(--bar)' : 'var(--bar-second)';
  const y = (bar: SpeedBar): string => `${bar.label}\n${bar.kind}`;
  const middle = { y, sort: null };
  return plot({
    width,
    height: bars.length * step + (double ? labels.length * 8 : 0) + 54,
    marginLeft: labelRoom(labels, width),
    marginRight: width < 480 ? 62 : 112,
    marginTop: 8,
    marginBottom: 40,
    className: 'plot',
    x: {
      type: logarithmic ? 'log' : 'linear',
      domain: logarithmic ? [begin * 0.8, end * 1.25] : [0, end],
      grid: true,
      label: 'milliseconds',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: Math.max(2, Math.floor(width / 130)),
      tickFormat: (time: number) => String(Number(time.toPrecision(3))),
    },
    y: {
      domain: labels.flatMap((label) => bars.filter((bar) => bar.label === label).map(y)),
      label: null,
      padding: double ? 0.18 : 0.35,
      tickSize: 0,
      tickFormat: (key: string) => {
        const [label, kind] = key.split('\n');
        return kind === kinds[0] ? label! : '';
      },
    },
    marks: [
      logarithmic
        ? dot(bars, { x: 'time', ...middle, fill, r: 5 })
        : barX(bars, { x: 'time', ...middle, fill }),
      ruleY(
        bars.filter(({ low }) => low !== undefined),
        { x1: 'low', x2: 'high', ...middle, stroke: 'var(--ink)', strokeWidth: 1.5 },
      ),
      tickX(
        bars.filter(({ forward }) => forward !== undefined),
        { x: 'forward', ...middle, stroke: 'var(--forward)', strokeWidth: 3 },
      ),
      text(bars, {
        x: (bar: SpeedBar) => Math.max(bar.high ?? 0, bar.time),
        ...middle,
        text: (bar: SpeedBar) => (width < 480 ? timeText(bar.time) : bar.note),
        textAnchor: 'start',
        dx: logarithmic ? 10 : 7,
        fill: 'var(--ink)',
      }),
      ...(logarithmic ? [] : [ruleX([0], { stroke: 'var(--axis)' })]),
    ],
  });
}

/** `13.4 ms, 1.9×` */
export const barNote = (time: number, ratio: number): string =>
  `${timeText(time)}, ${ratioText(ratio)}`;
