import { primitiveCases } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { tfjsBackend } from './tfjs-backend.js';

const reference = referenceBackend();

describe.each(['cpu', 'wasm'] as const)('tfjs:%s', (name) => {
  const backend = tfjsBackend({ tf, backend: name });

  afterAll(() => backend.dispose());

  test.each(primitiveCases.map((own) => [own.name, own] as const))(
    '%s agrees with its definition',
    async (_name, { run }) => {
      await run(backend, reference);
      expect(tf.getBackend()).toBe(name);
    },
  );
});
