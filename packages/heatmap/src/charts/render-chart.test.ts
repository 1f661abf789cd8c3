import type { LineChart } from '@patternlens/core/metrics';
import { nodeRenderer } from '../node.js';
import { recipeOfPng } from '../pictures/png.js';
import { renderChart } from './render-chart.js';

const chart: LineChart = {
  id: 'curve',
  title: 'A curve & its band',
  xLabel: 'patches',
  yLabel: 'probability',
  yRange: [0, 1],
  series: [
    {
      name: 'one',
      x: [0, 1, 2, 3],
      y: [1, null, 0.5, 0.2],
      low: [0.9, null, 0.4, 0.1],
      high: [1, null, 0.6, 0.3],
    },
    { name: 'two', x: [0, 1, 2, 3], y: [0.8, 0.7, 0.6, 0.5] },
    { name: 'random', x: [0, 3], y: [0.9, 0.9], baseline: true },
  ],
  notes: ['On 3 samples.'],
};

const matches = (svg: string, pattern: RegExp): string[] =>
  [...svg.matchAll(pattern)].map(([all]) => all);

test('a line is broken where it has no value, and series differ by colour and by dashes', async () => {
  const { svg } = renderChart(chart, await nodeRenderer());
  const lines = matches(svg, /<polyline [^>]*stroke-width="2"[^>]*>/g);
  // Three in the legend; the baseline, a single point, the rest of the first, the second.
  expect(lines).toHaveLength(3 + 4);
  const looks = new Set(
    lines.map(
      (line) =>
        /stroke="[^"]+"/.exec(line)![0] + (/stroke-dasharray="[^"]+"/.exec(line)?.[0] ?? ''),
    ),
  );
  expect(looks.size).toBe(3);
  expect(matches(svg, /fill-opacity="0.14"/g)).toHaveLength(2);
  for (const text of [
    'A curve &amp; its band',
    'patches',
    'probability',
    'one',
    'two',
    'random',
    'On 3 samples.',
  ])
    expect(svg).toContain(`>${text}</text>`);
  expect(svg).toMatch(/transform="rotate\(-90 [\d.]+ [\d.]+\)">probability/);
});

test('the same values lie at the same height as their tick', async () => {
  const { page } = renderChart({ ...chart, series: [chart.series[1]!] }, await nodeRenderer());
  const tick = page.marks.find((mark) => mark.kind === 'text' && mark.text === '0.6');
  const lines = page.marks.filter((mark) => mark.kind === 'line' && mark.width === 2);
  const drawn = lines.at(-1)!;
  expect(
    tick?.kind === 'text' && drawn.kind === 'line' && drawn.points[5]! - (tick.y - 4),
  ).toBeCloseTo(0, 6);
});

test('the picture carries its numbers', async () => {
  const { png, picture, page } = renderChart(chart, await nodeRenderer(), { zoom: 1 });
  expect(recipeOfPng(png)).toEqual(chart);
  expect([picture.width, picture.height]).toEqual([page.width, page.height]);
});

test('many long names slant, apart from each other and within the page', async () => {
  const categories = Array.from({ length: 26 }, (_, at) => `fire${at}/squeeze1x1/convolution`);
  const x = categories.map((_, at) => at);
  const { page } = renderChart(
    { ...chart, categories, series: [{ name: 'one', x, y: x.map(() => 0.5) }] },
    await nodeRenderer(),
  );
  const names = page.marks.flatMap((mark) =>
    mark.kind === 'text' && mark.turn === -45 ? [mark] : [],
  );
  expect(names).toHaveLength(26);
  const width = (await nodeRenderer()).textWidth;
  for (const [at, { x: place, text, size }] of names.entries()) {
    expect(place - width(text, size) * Math.SQRT1_2).toBeGreaterThan(0);
    if (at > 0) expect((place - names[at - 1]!.x) * Math.SQRT1_2).toBeGreaterThan(size);
  }
});

test('a chart without values, and one of a single point', async () => {
  const renderer = await nodeRenderer();
  const empty = renderChart(
    { ...chart, series: [{ name: 'one', x: [0, 1], y: [null, null] }] },
    renderer,
  );
  expect(empty.svg).not.toContain('NaN');
  const single = renderChart({ ...chart, series: [{ name: 'one', x: [2], y: [0.5] }] }, renderer);
  expect(single.svg).not.toContain('NaN');
});

test('series whose parts are not as many are refused', async () => {
  const renderer = await nodeRenderer();
  expect(() =>
    renderChart({ ...chart, series: [{ name: 'one', x: [0, 1], y: [1] }] }, renderer),
  ).toThrow('chart "curve": series "one" has 2 places, 1 values');
});
