import {
  createExplainer,
  fitPatterns,
  sliceSamples,
  type MethodChoice,
  type Tensor,
} from '@patternlens/core';
import fc from 'fast-check';
import { referenceBackend } from '@patternlens/reference';
import { everyMethod } from '../testing/every-method.js';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

const backend = referenceBackend();
const SAMPLES = 6;

/** The samples of a batch in the given order. */
function inOrder(x: Tensor, order: readonly number[]): Tensor {
  const each = x.data.length / x.shape[0]!;
  const data = new Float64Array(order.length * each);
  order.forEach((sample, at) => {
    data.set(sliceSamples(x, sample, sample + 1).data, at * each);
  });
  return { data, shape: [order.length, ...x.shape.slice(1)] };
}

const networks = [1, 2].map((seed) => {
  const network = randomNetwork(seed, { blocks: 2, channels: [3, 5] });
  const x = randomInputs(network, seed + 10, SAMPLES);
  const patterns = fitPatterns(network, [x], { backend });
  return { network, x, patterns };
});

const cases = networks.flatMap((sample, at) =>
  everyMethod.map((method) => [JSON.stringify(method), at, sample, method] as const),
);

/** A batch of 1 to 8 samples, some perhaps more than once, each with a target of its own. */
const batches = fc.array(
  fc.record({
    sample: fc.integer({ min: 0, max: SAMPLES - 1 }),
    target: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
);

test.each(cases)(
  '%s of network %d explains each sample as if it were alone',
  async (_name, _at, { network, x, patterns }, method: MethodChoice) => {
    const explainer = await createExplainer(network, {
      backend,
      method,
      patterns: await patterns,
    });
    const alone = async (sample: number, target: number) => {
      const one = await explainer.explain(sliceSamples(x, sample, sample + 1), { target });
      return {
        relevance: Array.from(one.relevanceByInput['image']!.data),
        output: Array.from(one.output.data),
        explained: one.explained[0],
        start: one.starts[0],
        exponent: one.exponents[0],
        sum: one.sums[0],
      };
    };
    await fc.assert(
      fc.asyncProperty(batches, async (batch) => {
        const together = await explainer.explain(
          inOrder(
            x,
            batch.map(({ sample }) => sample),
          ),
          { target: batch.map(({ target }) => target) },
        );
        expect(together.targets).toEqual(batch.map(({ target }) => target));
        for (const [at, { sample, target }] of batch.entries()) {
          const part = (value: Tensor): number[] =>
            Array.from(sliceSamples(value, at, at + 1).data);
          expect({
            relevance: part(together.relevanceByInput['image']!),
            output: part(together.output),
            explained: together.explained[at],
            start: together.starts[at],
            exponent: together.exponents[at],
            sum: together.sums[at],
          }).toEqual(await alone(sample, target));
        }
      }),
      { seed: 3, numRuns: 2, endOnFailure: true },
    );
  },
);

test('the strongest class is chosen sample by sample', async () => {
  const { network, x } = networks[0]!;
  const explainer = await createExplainer(network, { backend, method: 'gradient' });
  const { output, targets } = await explainer.explain(x);
  const strongest = Array.from({ length: SAMPLES }, (_, sample) => {
    const logits = Array.from(sliceSamples(output, sample, sample + 1).data);
    return logits.indexOf(Math.max(...logits));
  });
  expect(targets).toEqual(strongest);
  expect(new Set(strongest).size).toBeGreaterThan(1);
});
