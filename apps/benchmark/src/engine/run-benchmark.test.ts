import { PatternLensError, type Backend } from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import { faultyBackend, smallJob } from '../testing/small-job.js';
import type { BenchmarkJob } from './benchmark-job.js';
import type { BackendRunner } from './backend-runner.js';
import { localRunner } from './local-runner.js';
import type { TimingPlan } from './plan-runs.js';
import { answerCall, remoteRunner } from './remote-runner.js';
import { runBenchmark } from './run-benchmark.js';

const timing: TimingPlan = {
  batches: [1, 4],
  runs: 4,
  least: 2,
  rounds: 2,
  pause: 0,
  budget: 60_000,
};
let job: BenchmarkJob;

beforeAll(async () => {
  job = await smallJob(['gradient', 'pattern-attribution']);
});

const runner = (backend: Backend): BackendRunner =>
  localRunner({
    id: backend.id,
    host: 'node',
    job,
    reference: referenceBackend(),
    open: () => Promise.resolve({ backend, facts: { precision: 'float32' } }),
  });

const relevance = (name: string): boolean => name === 'relevance';
const right = (): Backend =>
  faultyBackend(
    'right',
    () => false,
    (value) => value,
  );

test('a right backend is at no distance, and is timed as often as planned', async () => {
  const result = await runBenchmark(job, [runner(right())], { compare: true, timing });
  expect(result).toMatchObject({
    name: 'small',
    layers: 3,
    macs: 42,
    samples: ['a', 'b'],
    patterns: { samples: 40, backend: 'reference' },
  });
  const [{ methods, fit, precision, forwardOf }] = result.backends as [(typeof result.backends)[0]];
  expect([precision, forwardOf]).toEqual(['float32', 'own program']);
  for (const { agreement, times, failure } of methods) {
    expect(failure).toBeUndefined();
    expect(agreement).toMatchObject({
      samples: 2,
      sameClass: true,
      flips: [],
      equalGates: { relativeL2: 0, maximum: 0, spearman: 1 },
    });
    expect(agreement!.errorByLayer.map(({ layer, relativeL2 }) => [layer, relativeL2])).toEqual([
      ['first', 0],
      ['rectifier', 0],
      ['last', 0],
    ]);
    expect(times!.map(({ batch, forward, method }) => [batch, forward.runs, method.runs])).toEqual([
      [1, 4, 4],
      [4, 4, 4],
    ]);
    for (const { cold, ratio } of times!) {
      expect(cold).toBeGreaterThan(0);
      expect(ratio.low).toBeLessThanOrEqual(ratio.value);
      expect(ratio.high).toBeGreaterThanOrEqual(ratio.value);
    }
  }
  expect(fit).toMatchObject({ samples: 40 });
  expect(fit!.layers.map(({ layer, relativeL2 }) => [layer, relativeL2])).toEqual([
    ['first', 0],
    ['last', 0],
  ]);
});

test('an error of the relevance is measured, and the worst sample shown', async () => {
  const off = faultyBackend('off', relevance, (value, at) => (at === 0 ? value * 1.01 : value));
  const { backends } = await runBenchmark(job, [runner(off)], { compare: true });
  const { agreement, times } = backends[0]!.methods[0]!;
  expect(times).toBeUndefined();
  expect(agreement!.equalGates.relativeL2).toBeGreaterThan(1e-5);
  expect(agreement!.equalGates.relativeL2).toBeLessThan(0.011);
  expect(agreement!.worst!.relativeL2).toBe(agreement!.equalGates.relativeL2);
  expect(agreement!.worst!.histogram.counts.reduce((sum, count) => sum + count)).toBe(4);
  // The forward pass is right.
  expect(agreement!.errorGrowsAt).toBeUndefined();
});

test('the layer where an error begins is named', async () => {
  const off = faultyBackend(
    'off',
    (name) => /^value:(rectifier|last)$/.test(name),
    (value) => value * 1.001,
  );
  const { backends } = await runBenchmark(job, [runner(off)], { compare: true });
  const { agreement } = backends[0]!.methods[0]!;
  expect(agreement!.errorGrowsAt).toBe('rectifier');
  expect(agreement!.equalGates.relativeL2).toBe(0);
});

test('a wrong decision is a flip with its margin; under equal gates the reference takes it over', async () => {
  const off = faultyBackend(
    'off',
    (name) => name.startsWith('gate:'),
    (value, at) => (at === 2 ? 1 - value : value),
  );
  const { backends } = await runBenchmark(job, [runner(off)], { compare: true });
  const { agreement } = backends[0]!.methods[0]!;
  expect(agreement!.flips).toEqual([
    { layer: 'rectifier', flips: 2, of: 12, margin: expect.any(Number) as number },
  ]);
  expect(agreement!.flips[0]!.margin).toBeGreaterThan(1e-4);
  expect(agreement!.freeGates.relativeL2).toBe(0);
  expect(agreement!.equalGates.relativeL2).toBeGreaterThan(1e-3);
});

test('what one backend lacks or breaks leaves the results of the others', async () => {
  const broken: Backend = {
    ...right(),
    id: 'broken',
    compile: () => Promise.reject(new Error('no kernel')),
  };
  const lacking = {
    ...runner(right()),
    backend: 'lacking',
    open: () =>
      Promise.reject(
        new PatternLensError('x', 'backend-unavailable', 'backend x: it is not installed.'),
      ),
  };
  const moody: BackendRunner = { ...runner(right()), backend: 'moody' };
  const unlucky = {
    ...moody,
    compare: (at: number) => (at === 1 ? Promise.reject(new Error('lost')) : moody.compare(at)),
  };
  const { backends } = await runBenchmark(
    job,
    [runner(broken), lacking, unlucky, runner(right())],
    {
      compare: true,
    },
  );
  expect(backends.map(({ backend, failure }) => [backend, failure?.kind, failure?.reason])).toEqual(
    [
      ['broken', 'failed', 'no kernel'],
      ['lacking', 'lacking', 'backend x: it is not installed.'],
      ['moody', undefined, undefined],
      ['right', undefined, undefined],
    ],
  );
  expect(
    backends[2]!.methods.map(({ failure, agreement }) => [failure?.reason, agreement?.samples]),
  ).toEqual([
    [undefined, 2],
    ['lost', undefined],
  ]);
  expect(
    backends[3]!.methods.every(({ agreement }) => agreement!.equalGates.relativeL2 === 0),
  ).toBe(true);
});

test('backends take turns, round by round', async () => {
  const turns: string[] = [];
  const told = (id: string): BackendRunner => {
    const inner = runner({ ...right(), id });
    return {
      ...inner,
      time: (runs, pause) => {
        turns.push(`${id}${runs}`);
        return inner.time(runs, pause);
      },
    };
  };
  const plan = { ...timing, batches: [1], budget: undefined };
  const one = { ...job, methods: job.methods.slice(0, 1) };
  await runBenchmark(one, [told('a'), told('b')], { compare: false, timing: plan });
  expect(turns).toEqual(['a2', 'b2', 'a2', 'b2']);
});

test('without time, what is slow is run the least number of times, and further batches are left out', async () => {
  const inner = runner(right());
  const slow: BackendRunner = {
    ...inner,
    prepare: async (...given) => ({ ...(await inner.prepare(...given)), method: 1000 }),
    time: () => Promise.resolve({ forward: [1, 1], method: [1000, 1000] }),
  };
  const { backends } = await runBenchmark(job, [slow], {
    compare: false,
    timing: { ...timing, budget: 1e-3 },
  });
  for (const { times } of backends[0]!.methods)
    expect(times!.map(({ batch, method }) => [batch, method.runs])).toEqual([[1, 2]]);
});

test('a run that is cancelled closes all', async () => {
  const closed: string[] = [];
  const controller = new AbortController();
  const inner = runner(right());
  const watched = { ...inner, close: () => inner.close().then(() => void closed.push('right')) };
  const running = runBenchmark(job, [watched], {
    compare: true,
    signal: controller.signal,
    onProgress: ({ step }) => {
      if (step === 'compare') controller.abort();
    },
  });
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(closed).toEqual(['right']);
});

describe('a runner that is elsewhere', () => {
  const far = (deadline: number, send: Parameters<typeof remoteRunner>[0]['send']) => {
    const ended: string[] = [];
    return {
      ended,
      runner: remoteRunner({
        backend: 'far',
        host: 'page',
        deadline,
        send,
        end: () => Promise.resolve(void ended.push('end')),
      }),
    };
  };

  test('gives what the one there gives, through JSON', async () => {
    const inner = runner(right());
    const there = far(
      60_000,
      async (call, args) =>
        JSON.parse(JSON.stringify(await answerCall(inner, call, args))) as never,
    );
    const { backends } = await runBenchmark(job, [there.runner], { compare: true, timing });
    expect(backends[0]).toMatchObject({ backend: 'far', host: 'page', precision: 'float32' });
    expect(backends[0]!.methods.map(({ times }) => times!.length)).toEqual([2, 2]);
    expect(there.ended).toEqual(['end']);
  });

  test('is ended when it does not answer in time', async () => {
    const there = far(20, (call) =>
      call === 'open' ? Promise.resolve({ value: {} }) : new Promise(() => undefined),
    );
    const { backends } = await runBenchmark(job, [there.runner], { compare: true });
    expect(backends[0]!.methods.map(({ failure }) => failure!.reason)).toEqual(
      job.methods.map(() => expect.stringContaining('did not answer within') as string),
    );
    expect(there.ended.length).toBeGreaterThan(0);
  });

  test('that is gone fails every later call with the reason', async () => {
    const there = far(60_000, () => Promise.reject(new Error('its process ended with SIGSEGV.')));
    const { backends } = await runBenchmark(job, [there.runner], { compare: true });
    expect(backends[0]!.failure).toEqual({
      kind: 'failed',
      reason: 'its process ended with SIGSEGV.',
    });
  });
});
