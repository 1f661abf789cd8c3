import { sampleReport } from '../testing/sample-report.js';
import { rowsOf } from './report-view.js';
import { speedRows } from './speed-rows.js';

describe('times across backends', () => {
  const report = sampleReport();
  const network = report.networks[0]!;
  const row = rowsOf(network).find(({ key }) => key === 'gradient')!;

  test('the fastest comes first and is 1', () => {
    const rows = speedRows(report, network, { row, batch: 1 });
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatchObject({ label: 'onnx:node', toFastest: 1 });
    for (const { times, toFastest } of rows) {
      expect(toFastest).toBeCloseTo(times.method.median / rows[0]!.times.method.median, 12);
    }
    expect(rows.map(({ toFastest }) => toFastest)).toEqual(
      rows.map(({ toFastest }) => toFastest).sort((a, b) => a - b),
    );
  });

  test('of one host, and of a batch that nobody timed', () => {
    expect(
      speedRows(report, network, { row, batch: 16, host: 'chromium' }).map(({ label }) => label),
    ).toEqual(['onnx:wasm', 'tfjs:webgl', 'gpujs:webgl2']);
    expect(speedRows(report, network, { row, batch: 4 })).toEqual([]);
  });
});
