import { plot, rectY, ruleY } from '@observablehq/plot';
import { chartBox, countText, errorText } from '@patternlens/page';
import type { WorstSample } from '../report/benchmark-report.js';

/** How the differences of the worst sample are spread around 0. */
export function histogramChart({ largest, counts }: WorstSample['histogram']): HTMLElement {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const middle = counts[(counts.length - 1) / 2] ?? 0;
  const step = (2 * largest) / counts.length;
  const bins = counts.map((count, at) => ({
    from: -largest + at * step,
    to: -largest + (at + 1) * step,
    count,
  }));
  const summary = `${countText(total)} values; ${countText(middle)} of them within ${errorText(step / 2)} of the reference, none further than ${errorText(largest)}.`;
  if (!(largest > 0) || !Number.isFinite(largest)) {
    return chartBox(
      'Histogram of differences',
      largest === 0 ? 'All values are the same.' : 'Not finite.',
      () => document.createElement('div'),
    );
  }
  return chartBox('Histogram of differences', summary, (width) =>
    plot({
      width,
      height: 240,
      marginLeft: 52,
      marginBottom: 36,
      marginRight: 30,
      className: 'plot',
      x: {
        domain: [-largest, largest],
        label: 'backend − reference',
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: [-largest, -largest / 2, 0, largest / 2, largest],
        tickFormat: (value: number) => (value === 0 ? '0' : errorText(value).replace(/^-/, '−')),
      },
      y: { label: 'values', labelArrow: 'none', ticks: 4, grid: true, tickFormat: countText },
      marks: [
        rectY(bins, {
          x1: 'from',
          x2: 'to',
          y: 'count',
          fill: 'var(--bar)',
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        ruleY([0], { stroke: 'var(--axis)' }),
      ],
    }),
  );
}
