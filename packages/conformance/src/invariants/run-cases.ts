import type { TensorRecord } from '@patternlens/core';
import type { ConformanceCase } from '../conformance-case.js';
import { networkSamples } from '../networks/network-samples.js';
import { copied, identical, invariant, someProgram, using } from './invariant.js';

const LIMIT = 1e-6;

/** Runs do not affect one another. */
export const runCases: readonly ConformanceCase[] = [
  invariant('the same run twice, with another between', 'runs', ({ backend, same }) => {
    const { program, inputs } = someProgram();
    return using(backend, program, async ({ run }) => {
      const first = await run(inputs(2, 1));
      await run(inputs(2, 2));
      return same(await run(inputs(2, 1)), copied(first), LIMIT);
    });
  }),
  invariant('results stay when there is another run', 'runs', ({ backend, fail }) => {
    const { program, inputs } = someProgram();
    return using(backend, program, async ({ run }) => {
      const first = await run(inputs(2, 1));
      const before = copied(first);
      await run(inputs(2, 2));
      if (!identical(before, first)) fail('the next run wrote into the results of the one before');
      return 0;
    });
  }),
  invariant('results may be written into', 'runs', ({ backend, same }) => {
    const { program, inputs } = someProgram();
    return using(backend, program, async ({ run }) => {
      const first = await run(inputs(2, 1));
      const before = copied(first);
      for (const { data } of Object.values(first)) data.fill(7);
      return same(await run(inputs(2, 1)), before, LIMIT);
    });
  }),
  invariant('two executables at once', 'runs', async ({ backend, reference, same }) => {
    const one = someProgram();
    const two = someProgram(networkSamples[2]!.network);
    const work = (target: typeof backend): Promise<TensorRecord[]> =>
      using(target, one.program, (a) =>
        using(target, two.program, (b) =>
          Promise.all([
            a.run(one.inputs(3, 1)),
            b.run(two.inputs(2, 2)),
            a.run(one.inputs(1, 3)),
            b.run(two.inputs(4, 4)),
          ]),
        ),
      );
    const expected = await work(reference);
    return (await work(backend)).reduce(
      (worst, results, at) => Math.max(worst, same(results, expected[at]!, 1e-4)),
      0,
    );
  }),
  invariant('two compilations at once', 'runs', async ({ backend, reference, same }) => {
    const samples = [someProgram(), someProgram(networkSamples[1]!.network)];
    const work = async (target: typeof backend): Promise<TensorRecord[]> => {
      const executables = await Promise.all(samples.map(({ program }) => target.compile(program)));
      try {
        return await Promise.all(
          executables.map((executable, at) => executable.run(samples[at]!.inputs(2, at))),
        );
      } finally {
        for (const executable of executables) await executable.dispose();
      }
    };
    const expected = await work(reference);
    return (await work(backend)).reduce(
      (worst, results, at) => Math.max(worst, same(results, expected[at]!, 1e-4)),
      0,
    );
  }),
  invariant(
    'a program compiled twice, one of them disposed of',
    'memory',
    async ({ backend, same }) => {
      const { program, inputs } = someProgram();
      const gone = await backend.compile(program);
      return using(backend, program, async ({ run }) => {
        const before = copied(await gone.run(inputs(2, 1)));
        await gone.dispose();
        return same(await run(inputs(2, 1)), before, LIMIT);
      });
    },
  ),
  invariant('what is disposed of does not run', 'memory', async ({ backend, fail }) => {
    const { program, inputs } = someProgram();
    const executable = await backend.compile(program);
    await executable.run(inputs(1, 1));
    await executable.dispose();
    const ran = await executable.run(inputs(1, 1)).then(
      () => true,
      () => false,
    );
    if (ran) fail('it ran behind dispose()');
    return 0;
  }),
  invariant('disposing twice does nothing', 'memory', async ({ backend, same }) => {
    const { program, inputs } = someProgram();
    const executable = await backend.compile(program);
    const before = copied(await executable.run(inputs(1, 1)));
    await executable.dispose();
    await executable.dispose();
    return using(backend, program, async ({ run }) => same(await run(inputs(1, 1)), before, LIMIT));
  }),
];
