import { explainFailure, halfPrecision, oneThread } from './explain-failure.js';

const WASM = 'http://localhost:1/runtimes/ort/ort-wasm.wasm';

test.each([
  [
    'a web page instead of a WebAssembly file',
    `both async and sync fetching of the wasm failed: CompileError: WebAssembly.instantiate(): expected magic word 00 61 73 6d, found 3c 21 44 4f @+0 (${WASM})`,
    'failed',
    `The WebAssembly file was not found at ${WASM} (the server sent a web page).`,
  ],
  [
    'a file that is blocked',
    `TypeError: Failed to fetch dynamically imported module`,
    'failed',
    'A file of the runtime could not be loaded',
  ],
  [
    'no WebGPU in the bundle or the browser',
    'no available backend found. ERR: [webgpu] backend not found.',
    'lacking',
    'WebGPU is not available in this browser.',
  ],
  [
    'no adapter',
    'backend gpujs:webgpu: WebGPU is not available: no adapter.',
    'lacking',
    'WebGPU is not available in this browser.',
  ],
  [
    'TensorFlow.js without WebGL',
    'Initialization of backend webgl failed',
    'lacking',
    'WebGL2 is not available: there is no hardware GPU, or it is blocked (see chrome://gpu).',
  ],
  [
    'no canvas in a worker',
    'WebGL needs OffscreenCanvas inside a worker; this browser has none.',
    'lacking',
    "WebGL can't be used inside a worker here",
  ],
  ['WebGL in a worker', 'webgl is not supported inside a worker', 'lacking', "can't run there"],
  [
    'a lost context',
    'CONTEXT_LOST_WEBGL: loseContext: context lost',
    'failed',
    'The graphics device was lost while a:b ran. Run it again, or continue on a:wasm.',
  ],
  [
    'a lost device',
    'A valid external Instance reference no longer exists: device lost',
    'failed',
    'was lost',
  ],
  [
    'no memory',
    'RangeError: Array buffer allocation failed',
    'failed',
    'Not enough memory for this model on this device.',
  ],
])('%s', (_what, message, kind, sentence) => {
  const found = explainFailure('a:b', { kind: 'failed', reason: 'it broke', cause: message });
  expect(found.kind).toBe(kind);
  expect(found.reason).toContain(sentence);
  expect(found.cause).toContain(message);
});

test.each([
  [
    'tfjs:webgl',
    'webgl context was lost',
    'The graphics device was lost while tfjs:webgl ran. Run it again, or continue on tfjs:wasm.',
  ],
  [
    'gpujs:cpu',
    "EvalError: Evaluating a string as JavaScript violates the following Content Security Policy directive because 'unsafe-eval' is not an allowed source of script",
    "gpujs:cpu makes kernels from text, which this page's policy forbids. gpujs:wasm does the same work.",
  ],
  [
    'gpujs:wasm',
    'WebAssembly is not available here; a Content-Security-Policy has to allow "wasm-unsafe-eval". Use mode "cpu"',
    "gpujs:wasm needs WebAssembly, which this page's policy forbids. The policy has to allow 'wasm-unsafe-eval'.",
  ],
  [
    'onnx:wasm',
    'RangeError: WebAssembly.Memory(): could not allocate memory',
    'Not enough memory for this model on this device.',
  ],
])('the whole sentence of %s: %s', (backend, cause, sentence) => {
  expect(explainFailure(backend, { kind: 'failed', reason: 'it broke', cause }).reason).toBe(
    sentence,
  );
});

test('what is not known stays as it is', () => {
  const failure = { kind: 'failed', reason: 'expected 3, got 4' } as const;
  expect(explainFailure('a:b', failure)).toBe(failure);
});

test('facts: one thread, half precision', () => {
  expect(oneThread(false)).toMatch(
    /^Running on one thread: .*COOP\/COEP headers .*not cross-origin isolated/,
  );
  expect(oneThread(true)).toBeUndefined();
  expect(halfPrecision('float16')).toBe(
    'Half precision: the map may differ. Compute it again on WASM.',
  );
  expect(halfPrecision('float32')).toBeUndefined();
});
