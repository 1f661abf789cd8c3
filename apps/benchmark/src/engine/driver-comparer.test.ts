import { type MethodChoice, type Backend } from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';
import { faultyBackend, smallJob } from '../testing/small-job.js';
import type { BenchmarkJob } from './benchmark-job.js';
import { compareMethod } from './compare-method.js';
import { ReferenceRuns } from './reference-runs.js';

const methods = (
  [
    { id: 'integrated-gradients', steps: 3 },
    { id: 'smoothgrad', samples: 3 },
    { id: 'occlusion', patch: 1 },
  ] satisfies MethodChoice[]
).map((choice) => resolveMethod(choice));
let job: BenchmarkJob;

beforeAll(async () => {
  job = { ...(await smallJob([])), methods };
});

async function compared(at: number, backend: Backend) {
  const reference = new ReferenceRuns(job, referenceBackend());
  const agreement = await compareMethod(job, methods[at]!, backend, reference);
  await reference.dispose();
  return agreement;
}

const changed = (of: string, change: (value: number) => number): Backend =>
  faultyBackend('changed', (name) => name === of, change);

test.each([0, 1, 2])('a right backend is at no distance in driver %d', async (at) => {
  const right = changed('nothing', (value) => value);
  expect(await compared(at, right)).toMatchObject({
    samples: 2,
    sameClass: true,
    flips: [],
    equalGates: { relativeL2: 0, maximum: 0, spearman: 1 },
    freeGates: { relativeL2: 0 },
    worst: { relativeL2: 0 },
  });
});

test.each([
  [0, 'relevance'],
  [1, 'relevance'],
  [2, 'explained'],
])('what is wrong by a share in driver %d is at that distance', async (at, output) => {
  const { equalGates, flips } = await compared(
    at,
    changed(output, (value) => 1.25 * value),
  );
  expect(equalGates.relativeL2).toBeCloseTo(0.25, 12);
  expect(flips).toEqual([]);
});

test.each([0, 1, 2])(
  'decisions that differ are counted over the family of driver %d',
  async (at) => {
    const gate = 'gate:rectifier:positive';
    const { flips, equalGates } = await compared(
      at,
      changed(gate, (value) => 1 - value),
    );
    const runs = at === 1 ? 4 : 5;
    expect(flips).toEqual([
      { layer: 'rectifier', flips: 2 * runs * 6, of: 2 * runs * 6, margin: 1 },
    ]);
    expect(equalGates.relativeL2).toBeGreaterThan(0.1);
  },
);
