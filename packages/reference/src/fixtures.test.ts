import { createExplainer, fitPatterns, tensor, type PatternKind } from '@patternlens/core';
import { methodFixtures, patternFixtures } from './fixtures/fixtures.js';
import { referenceBackend } from './reference-backend.js';
import { relativeDifference } from './testing/compare.js';

const backend = referenceBackend();

test.each(patternFixtures.map((own) => [own.name, own] as const))(
  'patterns of %s',
  async (_name, { network, data, layer, directions, counts }) => {
    const { layers } = await fitPatterns(network, [data], { backend });
    const pattern = layers.get(layer)!;
    expect(Array.from(pattern.counts)).toEqual(counts);
    expect(pattern.samples).toBe(data.shape[0]);
    for (const [kind, want] of Object.entries(directions))
      expect(relativeDifference(pattern.directions[kind as PatternKind]!.data, want)).toBeLessThan(
        1e-12,
      );
  },
);

test.each(methodFixtures.map((own) => [own.name, own] as const))(
  '%s',
  async (_name, { network, inputs, method, start, target, fittedOn, relevance }) => {
    const patterns = fittedOn && (await fitPatterns(network, [fittedOn], { backend }));
    const explainer = await createExplainer(network, { backend, method, patterns, start });
    const explained = await explainer.explain(inputs, { target });
    const got = explained.relevanceByInput['x']!;
    expect(got.shape).toEqual(inputs.shape);
    expect(explained.exponents).toEqual(Array.from({ length: inputs.shape[0]! }, () => 0));
    expect(relativeDifference(got.data, relevance)).toBeLessThan(1e-12);
  },
);

test('the random estimator keeps the value of the neuron, and differs by no chance', async () => {
  const { network } = patternFixtures[2]!;
  const explain = async (id: string) => {
    const method = { id, estimator: 'random' };
    const explainer = await createExplainer(network, { backend, method, start: 'one' });
    return Array.from(
      (await explainer.explain(tensor([3, 1], [1, 2]))).relevanceByInput['x']!.data,
    );
  };
  const [first, second] = (await explain('pattern-net')) as [number, number];
  // w'a = 1 for w = (1, -1), and PatternAttribution is w * a.
  expect(first - second).toBeCloseTo(1, 12);
  expect(relativeDifference(await explain('pattern-attribution'), [first, -second])).toBeLessThan(
    1e-12,
  );
  expect(await explain('pattern-net')).toEqual([first, second]);
  expect([1, 0.5]).not.toContain(first);
});
