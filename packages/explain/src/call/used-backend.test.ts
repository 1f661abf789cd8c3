import { pagePlatform } from '../platforms/page-platform.js';
import { useBackend } from './used-backend.js';

test('a backend that a page does not open by its name is told from one that does not exist', async () => {
  await expect(useBackend('tfjs:wasm', pagePlatform)).rejects.toThrow(
    'backend: "tfjs:wasm" is not opened by its name here, as onnx:wasm, onnx:webgpu, tfjs:cpu,',
  );
  await expect(useBackend('tfjs:wasn', pagePlatform)).rejects.toThrow(
    'backend: there is no backend "tfjs:wasn"',
  );
});

test('what was opened for a call ends with it, and what was handed in does not', async () => {
  let ended = 0;
  const dispose = (): Promise<void> => {
    ended++;
    return Promise.resolve();
  };
  const backend = {
    id: 'made',
    compile: () => Promise.reject(new Error('not asked for')),
    describe: () =>
      Promise.resolve({ runtime: { name: 'r', version: '1' }, precision: 'float32', other: 1 }),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
  const facts = {
    runtime: { name: 'r', version: '1' },
    precision: 'float32',
    mode: undefined,
    threads: undefined,
  };
  {
    await using given = await useBackend(backend, pagePlatform);
    expect(await given.used()).toEqual({ id: 'made', chosen: 'given', ...facts });
  }
  expect(ended).toBe(0);
  const openBackend = () => Promise.resolve({ backend, notes: ['tried'] });
  {
    await using opened = await useBackend(undefined, { ...pagePlatform, openBackend });
    expect(opened.notes).toEqual(['tried']);
    expect(await opened.used()).toEqual({ id: 'made', chosen: 'first-installed', ...facts });
  }
  expect(ended).toBe(1);
});
