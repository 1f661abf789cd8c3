/** @jest-environment ./src/testing/ort-environment.js */
import { createExplainer, fitPatterns } from '@patternlens/core';
import { type PatternKind } from '@patternlens/core/patterns';
import { methodFixtures, patternFixtures } from '@patternlens/core-tests/fixtures';
import * as ort from 'onnxruntime-node';
import { onnxBackend } from './run/onnx-backend.js';
import { relativeL2 } from './testing/shared-data.js';

const backend = onnxBackend({ ort });
afterAll(() => backend.dispose());

test.each(patternFixtures.map((fixture) => [fixture.name, fixture] as const))(
  'patterns of %s',
  async (_name, { network, data, layer, directions, counts }) => {
    const { layers } = await fitPatterns(network, [data], { backend });
    const pattern = layers.get(layer)!;
    expect(Array.from(pattern.counts)).toEqual(counts);
    for (const [kind, want] of Object.entries(directions))
      expect(relativeL2(pattern.directions[kind as PatternKind]!.data, want)).toBeLessThan(1e-6);
  },
);

test.each(methodFixtures.map((fixture) => [fixture.name, fixture] as const))(
  '%s',
  async (_name, { network, inputs, method, start, target, fittedOn, relevance }) => {
    const patterns = fittedOn && (await fitPatterns(network, [fittedOn], { backend }));
    const explainer = await createExplainer(network, { backend, method, patterns, start });
    const explained = await explainer.explain(inputs, { target });
    expect(relativeL2(explained.relevanceByInput['x']!.data, relevance)).toBeLessThan(1e-6);
  },
);
