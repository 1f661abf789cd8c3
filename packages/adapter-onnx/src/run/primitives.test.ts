/** @jest-environment ./src/testing/ort-environment.js */
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { primitiveCases } from '../testing/primitive-cases.js';
import { onnxBackend } from './onnx-backend.js';

const reference = referenceBackend();

describe.each(['plain', 'blocked'] as const)('graphs of %s operators', (style) => {
  const backend = onnxBackend({ ort, style });

  afterAll(() => backend.dispose());

  test.each(primitiveCases.map((own) => [own.name, own] as const))(
    '%s agrees with its definition',
    async (_name, { program, inputs }) => {
      const [own, want] = await Promise.all(
        [backend, reference].map(async (each) => {
          const executable = await each.compile(program);
          const { y } = await executable.run(inputs);
          await executable.dispose();
          return y!;
        }),
      );
      expect(own!.shape).toEqual(want!.shape);
      let difference = 0,
        size = 0;
      want!.data.forEach((value, at) => {
        difference += (own!.data[at]! - value) ** 2;
        size += value ** 2;
        if (value === 0) expect(own!.data[at]).toBeCloseTo(0, 30);
      });
      expect(Math.sqrt(difference) / Math.max(Math.sqrt(size), 1e-30)).toBeLessThan(1e-6);
    },
  );
});
