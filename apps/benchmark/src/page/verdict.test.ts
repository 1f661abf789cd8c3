import type { BackendResult, BenchmarkReport, MethodResult } from '../report/benchmark-report.js';
import { sampleReport } from '../testing/sample-report.js';
import { verdict } from './verdict.js';

const distances = (relativeL2: number) => ({ relativeL2, maximum: 0, cosine: 1, spearman: 1 });

const measured = (method: string, error: number): MethodResult => ({
  method,
  parameters: {},
  agreement: {
    samples: 1,
    equalGates: distances(error),
    freeGates: distances(1),
    sameClass: true,
    flips: [],
    errorByLayer: [],
  },
});

const backend = (name: string, methods: readonly MethodResult[], rest = {}): BackendResult => ({
  backend: name,
  host: 'node',
  methods,
  ...rest,
});

const report = (...networks: readonly (readonly BackendResult[])[]): BenchmarkReport => ({
  ...sampleReport(),
  networks: networks.map((backends, at) => ({
    ...sampleReport().networks[0]!,
    name: `net ${at + 1}`,
    backends,
  })),
});

describe('the verdict', () => {
  test('of the sample report', () => {
    expect(verdict(sampleReport())).toEqual({
      text: '6 of 8 backends agree with float64 on 10 of 11 methods (worst 3.1e-6, limit 1e-4); tfjs:wasm lacks Integrated Gradients; tfjs:webgl differs on PatternNet (3.1e-2); gpujs:webgpu did not run.',
      state: 'partly',
    });
  });

  test('where all agree, free gates do not count', () => {
    const all = report([
      backend('a', [measured('gradient', 2e-6)]),
      backend('b', [measured('gradient', 1e-4)]),
    ]);
    expect(verdict(all)).toEqual({
      text: '2 of 2 backends agree with float64 on 1 of 1 method (worst 1e-4, limit 1e-4).',
      state: 'agree',
    });
  });

  test('what is not finite differs', () => {
    const { text, state } = verdict(
      report([backend('a', [measured('gradient', NaN), measured('lrp-0', Infinity)])]),
    );
    expect(text).toBe(
      'No backend of 1 agrees with float64 (limit 1e-4); a differs on Gradient (not finite) and LRP-0 (not finite).',
    );
    expect(state).toBe('none');
  });

  test('a failed method is named, with its network where there are several', () => {
    const failure = { kind: 'failed', reason: 'It broke.' } as const;
    const { text } = verdict(
      report(
        [backend('a', [measured('gradient', 1e-7)]), backend('b', [measured('gradient', 1e-7)])],
        [
          backend('a', [{ method: 'gradient', parameters: {}, failure }]),
          backend('b', [measured('gradient', 3e-7)]),
        ],
      ),
    );
    expect(text).toBe(
      '1 of 2 backends agrees with float64 on 1 of 1 method on 2 networks (worst 3e-7, limit 1e-4); a failed on Gradient (net 2).',
    );
  });

  test('many exceptions are counted', () => {
    const methods = ['gradient', 'lrp-0', 'deconvnet', 'pattern-net'];
    const { text } = verdict(
      report([
        backend(
          'a',
          methods.map((name) => measured(name, 1e-2)),
        ),
      ]),
    );
    expect(text).toContain('a differs on Gradient (1e-2), DeConvNet (1e-2) and 2 more.');
  });

  test('of an empty report', () => {
    expect(verdict(report()).text).toBe('Nothing was measured.');
  });
});
