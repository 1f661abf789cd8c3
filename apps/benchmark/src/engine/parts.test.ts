import type { AgreementResult } from '../report/benchmark-report.js';
import { floatsFromBase64, floatsToBase64, fromBase64, toBase64 } from './base64.js';
import { growsAt } from './compare-layers.js';
import { sumFlips } from './flips.js';
import { clearFlips, gateFailure } from './gate.js';
import { histogramOf } from './histogram.js';

describe('histogram', () => {
  test('no difference at all is in the middle', () => {
    const { largest, counts } = histogramOf([1, 2], [1, 2]);
    expect([largest, counts.length, counts[20]]).toEqual([0, 41, 2]);
  });

  test('the largest differences are at the ends, and nothing is lost', () => {
    const { largest, counts } = histogramOf([3, -2, 0, 0.5], [0, 1, 0, 0]);
    expect([largest, counts[0], counts[40], counts[20]]).toEqual([3, 1, 1, 1]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(4);
  });
});

test('bytes and floats survive base64', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => (at * 31) % 256);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  const floats = Float32Array.of(0, -1.5, 3e-40, Infinity);
  expect(floatsFromBase64(floatsToBase64(floats))).toEqual(floats);
  // Little-endian: 1 is 00 00 80 3f.
  expect(floatsToBase64([1])).toBe(btoa('\x00\x00\x80\x3f'));
});

test('where the error first grows', () => {
  const errors = (values: readonly number[]) =>
    values.map((relativeL2, at) => ({ layer: `layer${at}`, relativeL2 }));
  expect(growsAt(errors([0, 1e-7, 9e-7]))).toBeUndefined();
  expect(growsAt(errors([0, 1e-7, 2e-6, 1e-3]))).toBe('layer2');
  expect(growsAt(errors([9e-7, 5e-6, 8e-5]))).toBe('layer2');
  expect(growsAt(errors([0, NaN]))).toBe('layer1');
});

test('flips of samples are added by layer; layers without any are left out', () => {
  const flips = sumFlips([
    { layer: 'a', flips: 1, of: 10, margin: 1e-7 },
    { layer: 'b', flips: 0, of: 5, margin: 0 },
    { layer: 'a', flips: 2, of: 10, margin: 1e-6 },
  ]);
  expect(flips).toEqual([{ layer: 'a', flips: 3, of: 20, margin: 1e-6 }]);
});

describe('gate', () => {
  const near = { relativeL2: 1e-6, maximum: 0, cosine: 1, spearman: 1 };
  const agreement: AgreementResult = {
    samples: 1,
    equalGates: near,
    freeGates: near,
    sameClass: true,
    flips: [],
    errorByLayer: [],
  };
  const backend = (changes: object) => ({
    backend: 'x:y',
    host: 'node',
    methods: [{ method: 'gradient', parameters: {}, ...changes }],
  });

  test('what agrees passes', () => {
    expect(gateFailure([backend({ agreement })], 1e-4)).toBeUndefined();
  });

  test('what is too far, or no number, does not', () => {
    for (const relativeL2 of [1e-3, NaN, Infinity]) {
      const far = { ...agreement, equalGates: { ...near, relativeL2 } };
      expect(gateFailure([backend({ agreement: far })], 1e-4)).toBe(
        'above --fail-above 0.0001: gradient on x:y.',
      );
    }
  });

  test('flips by more than rounding, and what gave nothing, do not', () => {
    const flips = [
      { layer: 'a', flips: 1, of: 2, margin: 2e-4 },
      { layer: 'b', flips: 1, of: 2, margin: 1e-5 },
    ];
    const decided = { ...agreement, flips };
    expect(clearFlips(decided)).toEqual(['a']);
    const failure = { kind: 'failed', reason: 'it broke' } as const;
    const broken = { backend: 'z', host: 'node', methods: [], failure };
    expect(gateFailure([backend({ agreement: decided }), backend({ failure }), broken], 1)).toBe(
      'decisions that differ by more than rounding: gradient on x:y. no result: z, gradient on x:y.',
    );
  });
});
