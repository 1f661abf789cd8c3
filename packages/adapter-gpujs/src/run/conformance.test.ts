import { primitiveCases } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import * as gpujs from 'gpu.js';
import { gpujsBackend } from './gpujs-backend.js';

const reference = referenceBackend();

describe.each(['cpu', 'wasm'] as const)('gpujs:%s', (mode) => {
  const backend = gpujsBackend({ mode, gpujs });

  afterAll(() => backend.dispose());

  test.each(primitiveCases.map((own) => [own.name, own] as const))(
    '%s agrees with its definition',
    async (_name, { run }) => {
      expect(await run(backend, reference)).toBeLessThan(1e-5);
    },
  );
});
