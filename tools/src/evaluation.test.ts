/** @jest-environment ../packages/adapter-onnx/src/testing/ort-environment.js */
import { readFileSync } from 'node:fs';
import { onnxBackend, readOnnx } from '@patternlens/adapter-onnx';
import { fitPatterns, resolveNetwork } from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';
import { DEFAULT_NETWORK, generateBatch, generatedSource, GENERATOR } from '@patternlens/data';
import {
  measureConservation,
  measureLocalisation,
  measureRandomisation,
} from '@patternlens/evaluate';
import * as ort from 'onnxruntime-node';

const { first } = GENERATOR.splits.validation;
const backend = onnxBackend({ ort });

/** The bundled network, patterns from 1000 samples, and others that it was not trained on. */
async function contextOf(count: number, methods: MetricContext['methods']): Promise<MetricContext> {
  const network = await readOnnx(readFileSync(DEFAULT_NETWORK.url));
  const source = generatedSource({ first, count });
  const input = network.inputs[0]!.name;
  return {
    network: resolveNetwork(network),
    backend,
    patterns: await fitPatterns(network, generatedSource({ count: 1000 }), { backend }),
    methods,
    data: {
      count,
      read: async (from, size) => ({ [input]: await source.read(from, size) }),
      truth: (from, size) => Promise.resolve(generateBatch(first + from, size).mask),
    },
    seed: 1,
    batch: 32,
  };
}

afterAll(() => backend.dispose());

describe('metrics on the bundled network', () => {
  test('PatternAttribution finds what decides, better than chance, the input and filters as patterns', async () => {
    const filter = { id: 'pattern-attribution', estimator: 'filter' } as const;
    const { means, warnings } = await measureLocalisation(
      await contextOf(200, ['pattern-attribution', filter]),
    );
    expect(warnings).toEqual([]);
    const rank = (name: string): number => means.get(name)!.rank.mean!;
    expect(Math.abs(rank('random') - 0.09)).toBeLessThan(0.03);
    expect(rank('pattern-attribution')).toBeGreaterThan(rank('random') + 0.3);
    expect(rank('pattern-attribution')).toBeGreaterThan(
      rank('pattern-attribution:estimator=filter') + 0.1,
    );
    expect(rank('pattern-attribution')).toBeGreaterThan(rank('input') + 0.05);
    expect(means.get('pattern-attribution')!.pointing.mean).toBeGreaterThan(0.7);
  }, 120_000);

  test('its weakness shows: maps of linear patterns hardly change with the top layer, those of the gradient do', async () => {
    const linear = { id: 'pattern-attribution', estimator: 'linear' } as const;
    const { runs } = await measureRandomisation(await contextOf(16, ['gradient', linear]), {
      order: 'cascading',
      patterns: 'kept',
    });
    const [gradient, attribution] = runs.map(({ stages }) => stages[0]!.means.magnitude.mean!);
    expect(attribution).toBeGreaterThan(0.85);
    expect(attribution).toBeGreaterThan(gradient! + 0.15);
  }, 120_000);

  test('in float32 losses and what arrives make up the start', async () => {
    const { methods } = await measureConservation(
      await contextOf(8, ['lrp-0', 'lrp-alpha2-beta1', 'pattern-attribution']),
    );
    for (const { layers, arrived } of methods.values()) {
      for (let sample = 0; sample < 8; sample++) {
        let sum = arrived[sample]!;
        for (const { losses } of layers)
          for (const values of Object.values(losses)) sum += values[sample]!;
        expect(Math.abs(sum - 1)).toBeLessThan(1e-3);
      }
      expect(layers.flatMap(({ losses }) => Object.keys(losses))).not.toContain('other');
    }
  }, 120_000);
});
