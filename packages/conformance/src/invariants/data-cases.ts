import {
  messageOf,
  type PatternLensError,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { type Program } from '@patternlens/core/backend';
import { resolveShape } from '@patternlens/core/tensor';
import type { ConformanceCase } from '../conformance-case.js';
import { copied, identical, invariant, someProgram, using } from './invariant.js';

const mapped = (values: TensorRecord, change: (value: Tensor) => Tensor): TensorRecord =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** A view into the middle of a longer array. */
function view({ data, shape }: Tensor): Tensor {
  const long = new Float32Array(data.length + 12).fill(5);
  long.set(data, 7);
  return { data: long.subarray(7, 7 + data.length), shape };
}

const constants = (program: Program): TensorRecord =>
  Object.fromEntries(
    program.instructions.flatMap(({ operation }, at) =>
      operation.kind === 'constant' ? [[String(at), operation.value]] : [],
    ),
  );

const typeOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Cases about the tensors that go in and come out. */
export const dataCases: readonly ConformanceCase[] = [
  invariant('outputs are float arrays of the right length', 'data', ({ backend, fail }) => {
    const { program, inputs } = someProgram();
    return using(backend, program, async ({ run }) => {
      const results = await run(inputs(3, 1));
      for (const { name, value } of program.outputs) {
        const got = results[name];
        if (!got) return fail(`output "${name}" is missing`);
        const shape = resolveShape(program.instructions[value]!.shape, 3);
        const length = shape.reduce((total, size) => total * size, 1);
        const type = typeOf(got.data);
        if (type !== 'Float32Array' && type !== 'Float64Array')
          fail(`output "${name}" is a ${type}`);
        if (got.data.length !== length || got.shape.join() !== shape.join())
          fail(
            `output "${name}" has ${got.data.length} values of shape [${got.shape.join(', ')}], not ${length} of [${shape.join(', ')}]`,
          );
      }
      return 0;
    });
  }),
  invariant('inputs are not modified', 'data', ({ backend, fail }) => {
    const { program, inputs } = someProgram();
    return using(backend, program, async ({ run }) => {
      for (const given of [
        inputs(2, 1),
        mapped(inputs(2, 2), ({ data, shape }) => ({ data: Float64Array.from(data), shape })),
      ]) {
        const before = copied(given);
        await run(given);
        if (!identical(before, given)) fail('a run wrote into its inputs');
      }
      return 0;
    });
  }),
  invariant('inputs may be written into behind a run', 'data', ({ backend, same }) => {
    const { program, inputs } = someProgram();
    return using(backend, program, async ({ run }) => {
      const expected = copied(await run(inputs(2, 1)));
      const given = inputs(2, 1);
      const results = await run(given);
      for (const { data } of Object.values(given)) data.fill(9);
      return Math.max(same(results, expected, 1e-6), same(await run(inputs(2, 1)), expected, 1e-6));
    });
  }),
  invariant("a program's constants are not modified", 'data', ({ backend, fail }) => {
    const { program, inputs } = someProgram();
    const before = copied(constants(program));
    return using(backend, program, async ({ run }) => {
      await run(inputs(2, 1));
      if (!identical(before, constants(program))) fail("it wrote into the program's constants");
      return 0;
    });
  }),
  invariant('inputs in float64', 'data', ({ backend, same }) => {
    const { program, inputs } = someProgram();
    return using(backend, program, async ({ run }) => {
      const given = inputs(2, 1);
      const wide = mapped(given, ({ data, shape }) => ({ data: Float64Array.from(data), shape }));
      return same(await run(wide), copied(await run(given)), 1e-6);
    });
  }),
  invariant('inputs as views into longer arrays', 'data', ({ backend, same }) => {
    const { program, inputs } = someProgram();
    return using(backend, program, async ({ run }) => {
      const given = inputs(2, 1);
      return same(await run(mapped(given, view)), copied(await run(given)), 1e-6);
    });
  }),
  ...(
    [
      ['a missing input', (given) => ({ target: given['target']! })],
      [
        'an input of another shape',
        (given) => ({ ...given, image: { ...given['image']!, shape: [2, 2, 4, 16] } }),
      ],
      [
        'inputs of different batches',
        (given) => ({ ...given, target: { data: new Float32Array(3), shape: [3] } }),
      ],
    ] satisfies [string, (given: TensorRecord) => TensorRecord][]
  ).map(([what, change]) =>
    invariant(`${what} is refused`, 'data', ({ backend, fail }) => {
      const { program, inputs } = someProgram();
      return using(backend, program, async ({ run }) => {
        const cause = await run(change(inputs(2, 1))).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (cause === undefined) return fail('it ran');
        if ((cause as Partial<PatternLensError>).code !== 'invalid-argument')
          fail(
            `expected a PatternLensError "invalid-argument", as batchOf of the core throws it, got ${messageOf(cause)}`,
          );
        return 0;
      });
    }),
  ),
];
