import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { ProgramBuilder } from '@patternlens/core/backend';
import { tfjsBackend, type TfjsBackendOptions } from './tfjs-backend.js';

const ops = new ProgramBuilder();
ops.output('y', ops.relu(ops.input('x', [{ batch: 1 }, 2])));
const program = ops.build();

test('what is not TensorFlow.js is refused', () => {
  for (const given of ['tf', {}, { default: { tensor: 1 } }])
    expect(() => tfjsBackend({ tf: given })).toThrow(
      expect.objectContaining({
        code: 'backend-unavailable',
        message: expect.stringContaining('expected TensorFlow.js') as string,
      }) as Error,
    );
});

test('nothing, and an import that was not awaited, are told what to write', () => {
  const nothing = tfjsBackend as unknown as () => unknown;
  expect(() => nothing()).toThrow('import * as tf from "@tensorflow/tfjs"');
  const tf = import('@tensorflow/tfjs');
  expect(() => tfjsBackend({ tf })).toThrow('tf: await import("@tensorflow/tfjs")');
});

test('a namespace and its default export are both taken', () => {
  expect(tfjsBackend({ tf: { default: tf }, backend: 'cpu' }).id).toBe('tfjs:cpu');
});

test('an unknown backend is refused', () => {
  expect(() => tfjsBackend({ tf, backend: 'tpu' } as unknown as TfjsBackendOptions)).toThrow(
    'backend "tpu": expected one of cpu, wasm, webgl, webgpu',
  );
});

test('the default is the backend that is in use', async () => {
  await tf.setBackend('wasm');
  expect(tfjsBackend({ tf }).id).toBe('tfjs:wasm');
  await tf.setBackend('cpu');
  expect(tfjsBackend({ tf }).id).toBe('tfjs:cpu');
});

test.each([
  ['webgl', 'tfjs:webgl: TensorFlow.js has no such backend'],
  ['webgpu', 'tfjs:webgpu: TensorFlow.js has no such backend'],
] as const)(
  '%s, which Node does not have, is an error and never replaced',
  async (name, message) => {
    const backend = tfjsBackend({ tf, backend: name });
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(backend.compile(program)).rejects.toMatchObject({
        code: 'backend-unavailable',
        message: expect.stringContaining(message) as string,
      });
  },
);

test.each(['cpu', 'wasm'] as const)('%s says what it is', async (name) => {
  const described = await tfjsBackend({ tf, backend: name }).describe();
  expect(described).toMatchObject({
    runtime: { name: 'TensorFlow.js', version: '4.22.0' },
    mode: name,
    precision: 'float32',
    ...(name === 'wasm' ? { threads: 1 } : {}),
  });
});

test.each([
  ['says no', () => Promise.resolve(false), 'could not set it up.'],
  ['throws', () => Promise.reject(new Error('no device')), 'could not set it up: no device.'],
] as const)(
  'a backend that %s is an error and never replaced',
  async (_what, setBackend, message) => {
    const library = { ...tf, setBackend, findBackendFactory: () => () => undefined };
    await expect(
      tfjsBackend({ tf: library, backend: 'webgpu' }).compile(program),
    ).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining(message) as string,
    });
  },
);
