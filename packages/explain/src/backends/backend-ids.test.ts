import {
  BACKEND_IDS,
  insteadOf,
  MEASURED,
  packagesOf,
  PREFERRED,
  runsHere,
} from './backend-ids.js';

test('every backend runs here, or another on its library does', () => {
  for (const id of BACKEND_IDS)
    if (!runsHere(id)) expect([id, insteadOf(id).length]).toEqual([id, 2]);
  expect(insteadOf('tfjs:webgl')).toEqual(['tfjs:wasm', 'tfjs:cpu']);
});

test('every backend that needs a runtime names its packages', () => {
  expect(BACKEND_IDS.filter(runsHere).filter((id) => !MEASURED.includes(id))).toEqual([
    'reference',
  ]);
  for (const id of PREFERRED) expect(packagesOf(id)).not.toEqual([]);
  expect(PREFERRED).toEqual(['onnx:node', 'onnx:wasm', 'tfjs:wasm', 'gpujs:cpu']);
});
