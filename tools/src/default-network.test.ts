/** @jest-environment ../packages/adapter-onnx/src/testing/ort-environment.js */
import { readFileSync } from 'node:fs';
import { onnxBackend, readOnnx } from '@patternlens/adapter-onnx';
import {
  resolveNetwork,
  createExplainer,
  fitPatterns,
  type Network,
  type PatternSet,
} from '@patternlens/core';
import { ProgramBuilder } from '@patternlens/core/backend';
import { traceForward } from '@patternlens/core/tracing';
import { DEFAULT_NETWORK, generateBatch, generatedSource, GENERATOR } from '@patternlens/data';
import { measureQuality } from '@patternlens/evaluate';
import { interpret } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { readText } from './testing/repository.js';

const SAMPLES = 256;

describe('the bundled network', () => {
  const { first } = GENERATOR.splits.validation;

  test('tells held-out generated samples apart', async () => {
    const network = resolveNetwork(await readOnnx(readFileSync(DEFAULT_NETWORK.url)));
    const ops = new ProgramBuilder();
    ops.output('logits', traceForward(ops, network).values.get(network.outputs[0]!)!);
    const { input, labels } = generateBatch(first, SAMPLES);
    const { logits } = interpret(ops.build(), { [network.inputs[0]!.name]: input });
    const classes = GENERATOR.classes.length;
    const right = labels.filter((label, sample) => {
      const row = Array.from(logits!.data.subarray(sample * classes, (sample + 1) * classes));
      return row.indexOf(Math.max(...row)) === label;
    });
    expect(right.length / SAMPLES).toBeGreaterThanOrEqual(0.95);
  }, 60_000);

  describe('with patterns', () => {
    const backend = onnxBackend({ ort });
    let network: Network;
    let patterns: PatternSet;
    beforeAll(async () => {
      network = await readOnnx(readFileSync(DEFAULT_NETWORK.url));
      patterns = await fitPatterns(network, generatedSource({ count: 2000 }), { backend });
    }, 60_000);
    afterAll(() => backend.dispose());

    test('is explained by PatternAttribution where the signal is', async () => {
      const { input, mask } = generateBatch(first, SAMPLES);
      await using explainer = await createExplainer(network, {
        backend,
        method: 'pattern-attribution',
        patterns,
      });
      const relevance = (await explainer.explain(input)).relevanceByInput['image']!.data;
      const plane = 256;
      let found = 0,
        pointed = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        const from = 3 * plane * sample;
        const strength = (at: number): number =>
          Math.abs(
            relevance[from + at]! +
              relevance[from + plane + at]! +
              relevance[from + 2 * plane + at]!,
          );
        const order = Array.from({ length: plane }, (_, at) => at).sort(
          (a, b) => strength(b) - strength(a),
        );
        const inside = (at: number): boolean => mask.data[sample * plane + at] === 1;
        const size = order.filter(inside).length;
        found += order.slice(0, size).filter(inside).length / size;
        pointed += inside(order[0]!) ? 1 : 0;
      }
      expect(found / SAMPLES).toBeGreaterThan(0.5);
      expect(pointed / SAMPLES).toBeGreaterThan(0.8);
    }, 120_000);

    test('has patterns that hold the signal of its convolutions, which weights and random directions do not', async () => {
      const layers = ['conv1', 'conv2', 'conv3'];
      const { layers: measured } = await measureQuality(
        network,
        {
          regress: generatedSource({ first: 2000, count: 500 }),
          test: generatedSource({ first, count: 300 }),
        },
        { backend, patterns, layers, estimators: ['linear', 'filter', 'random'] },
      );
      expect(measured.map(({ layer }) => layer)).toEqual(layers);
      for (const { estimators } of measured) {
        expect(estimators['linear']!.heldOut.mean).toBeGreaterThan(0.9);
        expect(estimators['filter']!.heldOut.mean).toBeLessThan(0.6);
        expect(estimators['random']!.heldOut.mean).toBeLessThan(0.1);
      }
    }, 120_000);
  });

  test('is judged on samples of every class', () => {
    const { labels } = generateBatch(first, SAMPLES);
    expect(new Set(labels).size).toBe(GENERATOR.classes.length);
  });

  test('has the classes of the generator beside it', () => {
    expect(readText('packages/data/models/default.labels.txt')).toBe(
      `${GENERATOR.classes.join('\n')}\n`,
    );
    expect(DEFAULT_NETWORK.classes).toEqual(GENERATOR.classes);
  });
});
