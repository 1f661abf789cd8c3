import { importRuntimes } from './import-runtime.js';

test('runtimes that are not installed are named, with the command that installs them', async () => {
  await expect(
    importRuntimes('tfjs:wasm', ['no-such-runtime', 'no-such-backend']),
  ).rejects.toMatchObject({
    code: 'backend-unavailable',
    subject: { backend: 'tfjs:wasm' },
    sentence:
      'backend tfjs:wasm: it needs no-such-runtime and no-such-backend, which are not installed. Run: npm install no-such-runtime no-such-backend',
  });
  await expect(importRuntimes('gpujs:cpu', ['no-such-runtime'])).rejects.toThrow(
    'it needs no-such-runtime, which is not installed. Run: npm install no-such-runtime',
  );
});
