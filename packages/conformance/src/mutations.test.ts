import { referenceBackend } from '@patternlens/reference';
import { conformanceCases } from './conformance-cases.js';
import { runConformance } from './run/run-conformance.js';
import { lineByLine } from './testing/line-by-line.js';
import type { Mutant } from './testing/mutant.js';
import { primitiveMutants } from './testing/primitive-mutants.js';
import { remembering } from './testing/remembering.js';
import { runMutants } from './testing/run-mutants.js';
import { windowMutants } from './testing/window-mutants.js';

const reference = remembering(referenceBackend());

/** The blocked cases say once more, at greater length, what the others say. */
const isShort = ({ name }: { readonly name: string }): boolean => !name.startsWith('blocked');

test('a right backend in float32 passes every case', async () => {
  const results = await runConformance(lineByLine(), reference);
  expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
  // None of them is near its limit, so that another order of sums cannot push it over.
  const near = results.filter(
    ({ group, distance }) => distance! > (group === 'method' || group === 'fit' ? 2e-5 : 2e-6),
  );
  expect(near).toEqual([]);
}, 120_000);

describe('a deliberately wrong backend is caught by cases that name the fault', () => {
  const mutants: readonly Mutant[] = [...windowMutants, ...primitiveMutants, ...runMutants];

  test.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    '%s',
    async (_name, mutant) => {
      const { faults, groups = ['primitive'], subjects, named } = mutant;
      const cases = conformanceCases.filter(
        (entry) => groups.includes(entry.group) && isShort(entry),
      );
      const results = await runConformance(lineByLine(faults), reference, { cases });
      const failed = results.filter(({ status }) => status === 'failed');
      const missed = subjects.filter((wanted) => !failed.some(({ subject }) => subject === wanted));
      expect(missed).toEqual([]);
      expect(failed.map((result) => result.case).filter((name) => name.search(named) < 0)).toEqual(
        [],
      );
      expect(failed.length).toBeLessThan(cases.length);
    },
    120_000,
  );
});
