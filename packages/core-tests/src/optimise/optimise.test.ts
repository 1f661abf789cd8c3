import {
  fitPatterns,
  traceMethod,
  type MethodChoice,
  type Network,
  type PatternSet,
  type Tensor,
} from '@patternlens/core';
import { optimise, type OperationKind, type Program } from '@patternlens/core/backend';
import fc from 'fast-check';
import { interpret } from '@patternlens/reference';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { everyMethod } from '../testing/every-method.js';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

const backend = referenceBackend();
const SAMPLES = 2;

/** The largest difference of any output of a traced program from that of the same program optimised. */
function difference(
  network: Network,
  method: MethodChoice,
  patterns: PatternSet,
  x: Tensor,
): number {
  const { program, ports } = traceMethod(network, { method, patterns });
  const target = { data: Float64Array.of(-1, 1), shape: [SAMPLES] };
  const inputs = { image: x, [ports.target]: target };
  const want = interpret(program, inputs);
  const got = interpret(optimise(program), inputs);
  expect(Object.keys(got)).toEqual(Object.keys(want));
  return Math.max(
    ...Object.entries(want).map(([name, value]) => relativeDifference(got[name]!.data, value.data)),
  );
}

/** Networks in which a pool of branches is followed by a convolution, so that it is taken apart forward and backward. */
const takenApart: [number, boolean][] = [
  [1, false],
  [2, true],
  [28, false],
];

test('programs of random networks compute the same when optimised, for every method', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), fc.boolean(), async (seed, whole) => {
      const network = randomNetwork(seed, { whole });
      const seen = randomInputs(network, seed + 1, 4, whole);
      const patterns = await fitPatterns(network, [seen], { backend });
      const x = randomInputs(network, seed + 2, SAMPLES, whole);
      const wrong = everyMethod
        .map((method) => ({ method, is: difference(network, method, patterns, x) }))
        .filter(({ is }) => !(is < 1e-12));
      expect(wrong).toEqual([]);
    }),
    { seed: 17, numRuns: 6, endOnFailure: true, examples: takenApart },
  );
}, 60_000);

describe('random networks reach what the optimiser knows:', () => {
  const programs = Array.from({ length: 12 }, (_, seed) => randomNetwork(seed)).flatMap((network) =>
    (['gradient', 'deconvnet', 'lrp-alpha2-beta1'] as const).map((method) => {
      const { program } = traceMethod(network, { method });
      return { traced: program, small: optimise(program) };
    }),
  );

  /** How many lines of one kind read a value of another. */
  const count = (kind: OperationKind, of: OperationKind, { instructions }: Program): number =>
    instructions.filter(
      ({ operation, operands }) =>
        operation.kind === kind &&
        operands.some((operand) => instructions[operand]!.operation.kind === of),
    ).length;
  const total = (kind: OperationKind, of: OperationKind, which: 'traced' | 'small'): number =>
    programs.reduce((sum, pair) => sum + count(kind, of, pair[which]), 0);

  test.each([
    ['pools of concatenations are taken apart', 'maxPool', 'concat'],
    ['switches of concatenations are taken apart', 'poolSwitches', 'concat'],
    ['masks are taken before what is unpooled', 'mul', 'unpool'],
    ['gradients of concatenations are not cut up', 'slice', 'convInputGradient'],
    ['parts of what is rectified are not negative', 'min', 'relu'],
  ] as const)('%s', (_name, kind, of) => {
    expect(total(kind, of, 'traced')).toBeGreaterThan(0);
    expect(total(kind, of, 'small')).toBeLessThan(total(kind, of, 'traced'));
  });

  test('one class needs one row of a pointwise head', () => {
    const rows = ({ instructions }: Program): number =>
      instructions.filter(
        ({ operation, operands }) =>
          operation.kind === 'matmul' && instructions[operands[0]!]!.operation.kind === 'oneHot',
      ).length;
    expect(programs.reduce((sum, { traced }) => sum + rows(traced), 0)).toBe(0);
    expect(programs.reduce((sum, { small }) => sum + rows(small), 0)).toBeGreaterThan(0);
  });
});
