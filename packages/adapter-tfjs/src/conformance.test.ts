import { checkCase, conformanceCases } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { tfjsBackend } from './run/tfjs-backend.js';

const reference = referenceBackend();

describe.each(['cpu', 'wasm'] as const)('tfjs:%s', (name) => {
  const backend = tfjsBackend({ tf, backend: name });

  afterAll(() => backend.dispose());

  test.each(conformanceCases.map((example) => [example.name, example] as const))(
    '%s',
    async (_name, example) => {
      await checkCase(example, backend, reference);
      expect(tf.getBackend()).toBe(name);
    },
  );
});
