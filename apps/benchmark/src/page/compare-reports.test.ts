import type { BenchmarkReport } from '../report/benchmark-report.js';
import { sampleReport } from '../testing/sample-report.js';
import { compareReports, errorChange, spreadChange } from './compare-reports.js';

const withNetwork = (change: object): BenchmarkReport => {
  const report = sampleReport();
  return { ...report, networks: [{ ...report.networks[0]!, ...change }] };
};

function cells(before: BenchmarkReport, after: BenchmarkReport) {
  const [first] = compareReports(before, after, 1);
  if (first === undefined || 'reason' in first) throw new Error('expected a compared network');
  return first.cells;
}

describe('comparing two runs', () => {
  test('a run with itself has no changes', () => {
    const same = cells(sampleReport(), sampleReport());
    expect(same).toHaveLength(7 * 11 - 1);
    for (const { error, time, ratio, note } of same) {
      expect([error?.verdict, time?.verdict, ratio?.verdict, note]).toEqual([
        'same',
        'same',
        'same',
        undefined,
      ]);
    }
  });

  test('other weights are not compared', () => {
    expect(compareReports(withNetwork({ fingerprint: 'other' }), sampleReport(), 1)).toEqual([
      {
        network: 'default',
        reason: 'The two runs had different weights: nothing can be compared.',
      },
    ]);
    expect(
      compareReports(withNetwork({ fingerprint: 'other', name: 'mnist' }), sampleReport(), 1),
    ).toEqual([
      { network: 'default', reason: 'Only this run has it.' },
      { network: 'mnist', reason: 'Only the other run has it.' },
    ]);
  });

  test('what works now, and no longer', () => {
    const { backends } = sampleReport().networks[0]!;
    const failure = { kind: 'failed', reason: 'It broke.' } as const;
    const broken = withNetwork({
      backends: backends.map((backend) =>
        backend.backend === 'onnx:node' ? { ...backend, methods: [], failure } : backend,
      ),
    });
    const notes = (changes: ReturnType<typeof cells>): readonly unknown[] => [
      ...new Set(changes.filter(({ backend }) => backend === 'onnx:node').map(({ note }) => note)),
    ];
    expect(notes(cells(broken, sampleReport()))).toEqual(['works now']);
    expect(notes(cells(sampleReport(), broken))).toEqual(['works no longer']);
  });

  test.each([
    [1e-6, 1.9e-6, 'same'],
    [1e-6, 2.1e-6, 'worse'],
    [3e-6, 1e-6, 'better'],
    [0.9e-4, 1.1e-4, 'worse'],
    [1.1e-4, 0.9e-4, 'better'],
    [1e-6, Infinity, 'worse'],
    [Infinity, Infinity, 'same'],
    [0, 0, 'same'],
  ])('an error from %p to %p is %p', (before, after, verdict) => {
    expect(errorChange(before, after, 1e-4)).toEqual({ before, after, verdict });
  });

  test('times change where their spreads are apart', () => {
    expect(spreadChange([9, 10, 11], [12, 13, 14]).verdict).toBe('worse');
    expect(spreadChange([9, 10, 11], [10.5, 13, 14]).verdict).toBe('same');
    expect(spreadChange([9, 10, 11], [6, 7, 8]).verdict).toBe('better');
    expect(spreadChange([9.99, 10, 10.01], [10.2, 10.3, 10.4]).verdict).toBe('same');
  });
});
