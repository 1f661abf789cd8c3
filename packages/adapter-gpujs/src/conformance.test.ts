import { checkCase, conformanceCases } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import * as gpujs from 'gpu.js';
import { gpujsBackend } from './run/gpujs-backend.js';

const reference = referenceBackend();

describe.each(['cpu', 'wasm'] as const)('gpujs:%s', (mode) => {
  const backend = gpujsBackend({ mode, gpujs });

  afterAll(() => backend.dispose());

  test.each(conformanceCases.map((example) => [example.name, example] as const))(
    '%s',
    async (_name, example) => {
      await checkCase(example, backend, reference);
    },
  );
});
