import { BACKEND_IDS } from './backend-ids.js';
import { openPageBackend, PAGE_BACKEND_IDS } from './page-backends.js';

/** Packages that the bundle has. */
const mockThere = new Set<string>();

function mockPackage(name: string): object {
  if (mockThere.has(name)) return jest.requireActual<object>(name);
  throw new Error('it is not in the bundle');
}

jest.mock('onnxruntime-web/wasm', () => mockPackage('onnxruntime-web/wasm'));
jest.mock('@tensorflow/tfjs', () => mockPackage('@tensorflow/tfjs'));
jest.mock('gpu.js', () => mockPackage('gpu.js'));

test('every backend of a page is one that there is', () => {
  expect(PAGE_BACKEND_IDS.filter((id) => !(BACKEND_IDS as readonly string[]).includes(id))).toEqual(
    [],
  );
});

test('without a runtime, all that were looked for are told, with what to install', async () => {
  await expect(openPageBackend(undefined)).rejects.toMatchObject({
    code: 'backend-unavailable',
    sentence:
      'no runtime could be loaded: onnxruntime-web could not be loaded (it is not in the bundle); @tensorflow/tfjs could not be loaded (it is not in the bundle); gpu.js could not be loaded (it is not in the bundle). Run: npm install onnxruntime-web (or @tensorflow/tfjs, gpu.js)',
  });
  await expect(openPageBackend('tfjs:cpu')).rejects.toMatchObject({
    code: 'backend-unavailable',
    subject: { backend: 'tfjs:cpu' },
    sentence:
      'backend tfjs:cpu: @tensorflow/tfjs could not be loaded (it is not in the bundle). Run: npm install @tensorflow/tfjs',
  });
});

test('the first that is there is opened, and those before it are told', async () => {
  mockThere.add('gpu.js');
  const { backend, notes } = await openPageBackend(undefined);
  expect(backend.id).toBe('gpujs:cpu');
  expect(notes).toEqual([
    'onnxruntime-web could not be loaded (it is not in the bundle)',
    '@tensorflow/tfjs could not be loaded (it is not in the bundle)',
  ]);
  await backend.dispose();
});
