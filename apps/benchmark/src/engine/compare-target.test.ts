import { chooseMethod, createExplainer } from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';
import { smallJob } from '../testing/small-job.js';
import type { BenchmarkJob } from './benchmark-job.js';
import { compareLayers } from './compare-layers.js';
import { compareMethod } from './compare-method.js';
import { ReferenceRuns } from './reference-runs.js';

const methods = ['pattern-attribution', 'integrated-gradients'] as const;
const targets = [
  0,
  1,
  2,
  { channel: 1 },
  { layer: 'first', channel: 3 },
  { layer: 'first', channel: 3, position: [] },
] as const satisfies readonly BenchmarkJob['target'][];

test.each(methods.flatMap((id) => targets.map((target) => ({ id, target }))))(
  '$id is compared where $target is explained',
  async ({ id, target }) => {
    const job = { ...(await smallJob([id])), target };
    const backend = referenceBackend();
    const reference = new ReferenceRuns(job, backend);
    const own: number[] = [];
    const agreement = await compareMethod(job, job.methods[0]!, backend, reference, (sample) => {
      own.push(...sample.own[0]!);
    });
    const layers = await compareLayers(job, backend, reference);
    await reference.dispose();
    const explainer = await createExplainer(job.network, {
      backend,
      method: chooseMethod(id),
      patterns: job.patterns,
    });
    const explain = async (wanted: BenchmarkJob['target']): Promise<number[]> => {
      const { relevance, exponents } = await explainer.explain(job.compared.inputs, {
        target: wanted,
      });
      const each = relevance.data.length / exponents.length;
      return Array.from(
        relevance.data,
        (value, at) => value * 2 ** exponents[Math.floor(at / each)]!,
      );
    };
    const expected = await explain(target);
    own.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at]!, 6);
    });
    expect(own.length).toBe(8);
    expect(agreement).toMatchObject({ sameClass: true, equalGates: { relativeL2: 0 } });
    const isInner = typeof target === 'object' && 'layer' in target;
    expect(layers.errorByLayer.map(({ layer }) => layer)).toEqual(
      isInner ? ['first'] : ['first', 'rectifier', 'last'],
    );
    await explainer.dispose();
  },
);

test('a class that does not exist is refused', async () => {
  const job = { ...(await smallJob(['gradient'])), target: 9 };
  const backend = referenceBackend();
  const reference = new ReferenceRuns(job, backend);
  await expect(
    compareMethod(job, resolveMethod('gradient'), backend, reference),
  ).rejects.toMatchObject({ code: 'invalid-argument' });
});
