import {
  createExplainer,
  sliceSamples,
  tensor,
  traceMethod,
  type Explainer,
  type TensorRecord,
} from '@patternlens/core';
import type { ConformanceCase } from '../conformance-case.js';
import { fittedPatterns } from '../networks/fitted.js';
import { networkInputs } from '../networks/network-sample.js';
import { networkSamples, plainNetwork } from '../networks/network-samples.js';
import { invariant, someProgram, using } from './invariant.js';

const sample = (values: TensorRecord, at: number): TensorRecord =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, sliceSamples(value, at, at + 1)]),
  );

/** Kernels may sum in another order for another batch, nothing else may differ: the limit of methods. */
const LIMIT = 1e-4;

const SIZE = 5;

const driverChoices = [
  { id: 'integrated-gradients', steps: 3 },
  { id: 'smoothgrad', samples: 3 },
  { id: 'occlusion', patch: 4, stride: 4 },
] as const;

export const batchCases: readonly ConformanceCase[] = [
  ...networkSamples.flatMap(({ name, network }) =>
    (['guided-backprop', 'pattern-attribution'] as const)
      .filter((method) => method !== 'guided-backprop' || !name.includes('one spatial axis'))
      .map((method) =>
        invariant(
          `a batch of ${SIZE} is ${SIZE} batches of one: ${method} of ${name}`,
          'batches',
          async ({ backend, reference, same }) => {
            const patterns = await fittedPatterns(network, reference);
            const { program, ports } = traceMethod(network, { method, patterns });
            const inputs = {
              ...networkInputs(network, SIZE, 41),
              [ports.target]: tensor(Float32Array.of(-1, 2, 0, -1, 1), [SIZE]),
            };
            return using(backend, program, async (executable) => {
              const all = await executable.run(inputs);
              let worst = 0;
              for (let at = 0; at < SIZE; at++) {
                const alone = await executable.run(sample(inputs, at));
                worst = Math.max(worst, same(sample(all, at), alone, LIMIT));
              }
              return worst;
            });
          },
        ),
      ),
  ),
  ...driverChoices.map((method) =>
    invariant(
      `a batch of ${SIZE} is ${SIZE} batches of one: ${method.id}, whatever is run at once`,
      'batches',
      async ({ backend, same }) => {
        const network = plainNetwork();
        const inputs = networkInputs(network, SIZE, 41);
        const explainers = await Promise.all(
          [1, 4].map((internalBatch) =>
            createExplainer(network, { backend, method, internalBatch }),
          ),
        );
        try {
          const [alone, together] = explainers as [Explainer, Explainer];
          const all = (await together.explain(inputs, { target: 2 })).relevanceByInput;
          let worst = 0;
          for (let at = 0; at < SIZE; at++) {
            const one = await alone.explain(sample(inputs, at), { target: 2 });
            worst = Math.max(worst, same(sample(all, at), one.relevanceByInput, LIMIT));
          }
          return worst;
        } finally {
          for (const explainer of explainers) await explainer.dispose();
        }
      },
    ),
  ),
  invariant(
    'batches of other sizes one after the other',
    'batches',
    async ({ backend, reference, same }) => {
      const { program, inputs } = someProgram();
      const run = (target: typeof backend): Promise<TensorRecord[]> =>
        using(target, program, async (executable) => {
          const results: TensorRecord[] = [];
          for (const batch of [1, 4, 2, 7, 1])
            results.push(await executable.run(inputs(batch, batch)));
          return results;
        });
      const expected = await run(reference);
      return (await run(backend)).reduce(
        (worst, results, at) => Math.max(worst, same(results, expected[at]!, LIMIT)),
        0,
      );
    },
  ),
];
