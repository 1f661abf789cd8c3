import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER_BACKENDS } from '@patternlens/page';
import { DOWNLOAD_MB, downloadText } from './download-sizes.js';

const ORT = join(__dirname, '../../dist/site/runtimes/ort');
const maybe = existsSync(ORT) ? test : test.skip;

maybe.each([
  ['onnx:wasm', 'ort-wasm-simd-threaded'],
  ['onnx:webgpu', 'ort-wasm-simd-threaded.asyncify'],
] as const)('the size that is said of %s is that of its files', (id, name) => {
  const files = ['wasm', 'mjs'].map((end) => statSync(join(ORT, `${name}.${end}`)).size);
  const megabytes = files.reduce((sum, size) => sum + size, 0) / 1e6;
  expect(DOWNLOAD_MB[id] / megabytes).toBeGreaterThan(0.99);
  expect(DOWNLOAD_MB[id] / megabytes).toBeLessThan(1.02);
});

test('every backend has a size', () => {
  for (const id of BROWSER_BACKENDS) expect(downloadText(id)).toMatch(/^\d+\.\d MB$/);
});
