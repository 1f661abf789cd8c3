import type { LineChart } from '@patternlens/core/metrics';
import { chartScale } from './chart-scale.js';

/** The texts along the y axis of a chart of a given height whose range is given. */
function textsOf(yRange: readonly [number, number], height: number): string[] {
  const series = [{ name: 'one', x: [0, 1], y: [...yRange] }];
  const labels = { id: 'curve', title: '', xLabel: '', yLabel: '' };
  const chart: LineChart = { ...labels, series, notes: [], yRange };
  return chartScale(chart, { width: 400, height }).yTicks.map(({ text }) => text);
}

test.each<[number, number, number, string[]]>([
  [0, 1, 320, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
  [0, 100, 320, ['0', '20', '40', '60', '80', '100']],
  [-0.13, 0.27, 220, ['−0.1', '0.0', '0.1', '0.2']],
  [-0.5, 0.5, 110, ['−0.5', '0.0', '0.5']],
  [0, 2e6, 220, ['0e+0', '5e+5', '1e+6', '1.5e+6', '2e+6']],
  [0, 4e-5, 220, ['0e+0', '1e-5', '2e-5', '3e-5', '4e-5']],
])('ticks from %d to %d in a height of %d', (low, high, height, expected) => {
  expect(textsOf([low, high], height)).toEqual(expected);
});

test('values lie where the ticks of the same number do, from the bottom to the top', () => {
  const series = [{ name: 'one', x: [2, 10], y: [0, 1] }];
  const labels = { id: 'curve', title: '', xLabel: '', yLabel: '' };
  const scale = chartScale(
    { ...labels, series, notes: [], yRange: [0, 1] },
    { width: 400, height: 200 },
  );
  expect([scale.x(2), scale.x(6), scale.x(10)]).toEqual([0, 200, 400]);
  expect([scale.y(0), scale.y(0.25), scale.y(1)]).toEqual([200, 150, 0]);
});
