/** @jest-environment ./src/testing/ort-environment.js */
import { primitiveCases } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { onnxBackend } from './onnx-backend.js';

const reference = referenceBackend();
/** Nearer than the limit of the cases: these runtimes are. */
const LIMIT = 1e-6;

describe.each(['plain', 'blocked'] as const)('graphs of %s operators', (style) => {
  const backend = onnxBackend({ ort, style });

  afterAll(() => backend.dispose());

  test.each(primitiveCases.map((own) => [own.name, own] as const))(
    '%s agrees with its definition',
    async (_name, { run }) => {
      expect(await run(backend, reference)).toBeLessThan(LIMIT);
    },
  );
});
