import { referenceBackend } from '@patternlens/reference';
import { conformanceCases } from './conformance-cases.js';
import { runConformance } from './run/run-conformance.js';
import { lineByLine } from './testing/line-by-line.js';

const reference = referenceBackend();

describe('the cases', () => {
  test('have names of their own', () => {
    const names = conformanceCases.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('run', async () => {
    const t0 = performance.now();
    const results = await runConformance(lineByLine(), reference);
    for (const r of results) if (r.status !== 'passed') console.log(r.message);
    console.log(
      results
        .filter((r) => (r.distance ?? 0) > 1e-6)
        .map((r) => r.case + ' ' + r.distance)
        .join('\n'),
    );
    console.log(conformanceCases.length, performance.now() - t0);
  });
});
