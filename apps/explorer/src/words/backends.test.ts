import { verdict, type Judged } from './backends.js';

const row = (id: Judged['id'], change: Partial<Judged> = {}): Judged => ({
  ...{ id, status: 'done', equalGates: 3e-7, flipCount: 0, clear: [], sameClass: true },
  isCancelled: false,
  ...change,
});
const said = (...rows: Judged[]): string => verdict(rows, 1e-4);

test('backends that agree are counted, with their largest difference', () => {
  expect(said(row('onnx:wasm', { equalGates: 1e-7 }), row('tfjs:wasm'))).toBe(
    '2 of 2 backends give the same explanation (largest difference 3e-7 under equal gates; no decision differs).',
  );
  expect(said(row('onnx:wasm', { flipCount: 2 }), row('tfjs:wasm', { flipCount: 1 }))).toMatch(
    /up to 2 decisions differ by rounding\)\.$/,
  );
  expect(said(row('tfjs:wasm', { flipCount: 1 }))).toBe(
    '1 of 1 backend gives the same explanation (largest difference 3e-7 under equal gates; 1 decision differs by rounding).',
  );
});

test('a backend that differs is named, with what it differs in', () => {
  expect(
    said(
      row('onnx:wasm'),
      row('tfjs:webgl', { equalGates: 0.032 }),
      row('gpujs:webgl2', { clear: ['relu1', 'pool2'] }),
      row('tfjs:cpu', { sameClass: false, equalGates: NaN }),
    ),
  ).toBe(
    '1 of 4 backends give the same explanation (largest difference 3e-7 under equal gates; no decision differs). ' +
      'tfjs:webgl is at 3.2e-2 under equal gates. ' +
      'gpujs:webgl2 decides otherwise by more than rounding in relu1 and pool2. ' +
      'tfjs:cpu gives values that are not finite and names another class.',
  );
  expect(said(row('tfjs:webgl', { equalGates: 1 }))).toBe(
    'The backend does not give the explanation of float64 (limit 1e-4). tfjs:webgl is at 1.0 under equal gates.',
  );
});

test('what gave nothing is no agreement, and is said', () => {
  const none = { equalGates: null } as const;
  expect(
    said(
      row('tfjs:wasm'),
      row('gpujs:cpu', { status: 'lacking', ...none }),
      row('tfjs:webgl', { status: 'failed', ...none }),
      row('onnx:wasm', { status: 'failed', isCancelled: true, ...none }),
    ),
  ).toBe(
    '1 of 1 backend gives the same explanation (largest difference 3e-7 under equal gates; no decision differs). ' +
      "gpujs:cpu can't run here. tfjs:webgl failed. onnx:wasm is not compared: it was cancelled.",
  );
  expect(said(row('gpujs:cpu', { status: 'lacking', ...none }))).toBe(
    "No backend gave an explanation. gpujs:cpu can't run here.",
  );
});
