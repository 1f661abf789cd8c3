/** @jest-environment ./src/testing/ort-environment.js */
import { checkCase, conformanceCases } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { onnxBackend } from './run/onnx-backend.js';

const reference = referenceBackend();

/** Nearer than the limit of the cases: these runtimes are. */
const PRIMITIVES = 1e-6;

describe.each(['plain', 'blocked'] as const)('onnx:node, graphs of %s operators', (style) => {
  const backend = onnxBackend({ ort, style });

  afterAll(() => backend.dispose());

  test.each(conformanceCases.map((example) => [example.name, example] as const))(
    '%s',
    async (_name, example) => {
      const { distance } = await checkCase(example, backend, reference);
      if (example.group === 'primitive') expect(distance).toBeLessThan(PRIMITIVES);
    },
  );
});

describe('onnx:node, graphs for WebGPU', () => {
  const backend = onnxBackend({ ort, style: 'shader' });
  const different = conformanceCases.filter(({ subject }) =>
    ['convInputGradient', 'avgPoolInputGradient'].includes(subject),
  );

  afterAll(() => backend.dispose());

  test.each(different.map((example) => [example.name, example] as const))(
    '%s',
    async (_name, example) => {
      expect((await checkCase(example, backend, reference)).distance).toBeLessThan(PRIMITIVES);
    },
  );
});
