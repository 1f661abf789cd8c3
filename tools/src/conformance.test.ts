import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM } from './testing/page.js';
import { ROOT } from './testing/repository.js';
import { runLong } from './testing/run-node.js';

interface Run {
  readonly backend: string;
  readonly cases?: number;
  readonly failure?: { readonly reason: string };
  readonly results: readonly {
    readonly case: string;
    readonly status: string;
    readonly message?: string;
  }[];
}

const runOf = (file: string): Run =>
  JSON.parse(readFileSync(join(ROOT, 'test-results/conformance', file), 'utf8')) as Run;

/** Nothing failed, and no case was left out. */
function expectConformance({ backend, cases, failure, results }: Run, id: string): void {
  expect(backend).toBe(id);
  expect(failure).toBeUndefined();
  expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(results.length).toBe(cases ?? results.length);
  expect(results.length).toBeGreaterThan(35);
}

// Jest cannot load the web's runtime, so the suite runs in a process of its own.
test('onnx:wasm in Node passes the conformance suite', () => {
  const { status, stdout, stderr } = runLong(
    ['tools/scripts/run-conformance.js', 'onnx:wasm'],
    ROOT,
  );
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  expectConformance(runOf('node-onnx-wasm.json'), 'onnx:wasm');
}, 400_000);

/** Cases about each subject. The two runtimes that compute on the processor run whole in Node; graphics processors are emulated here, and take long, above
 * all to build the shaders of a whole network. */
const EACH: readonly (readonly [string, number, readonly string[]])[] = [
  ['onnx:wasm', 6, []],
  ['tfjs:wasm', 6, []],
  ['gpujs:wasm', 1, []],
  ['tfjs:webgl', 1, []],
  ['tfjs:webgpu', 1, []],
  ['gpujs:webgl2', 1, []],
  ['gpujs:webgpu', 1, ['--group', 'primitive']],
  ['onnx:webgpu', 1, ['--group', 'primitive']],
];

const browsed = CHROMIUM === undefined ? test.skip : test;

describe(`the backends of a browser${CHROMIUM === undefined ? ': there is no Chromium' : ''}`, () => {
  browsed.each(EACH)(
    '%s passes up to %i cases about each subject',
    (id, each, more) => {
      const args = ['--each', String(each), ...more, id];
      const { status, stdout, stderr } = runLong(
        ['tools/scripts/conformance-in-chromium.js', ...args],
        ROOT,
      );
      expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({
        status: 0,
        said: '',
      });
      expectConformance(runOf(`${id.replace(':', '-')}.chromium.json`), id);
    },
    400_000,
  );
});
