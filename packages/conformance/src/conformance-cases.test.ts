import { referenceBackend } from '@patternlens/reference';
import { conformanceCases } from './conformance-cases.js';
import { primitiveCases as programs } from './primitives/primitive-cases.js';

const reference = referenceBackend();

describe('the cases', () => {
  test('have names of their own', () => {
    const names = conformanceCases.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('run', async () => {
    const t0 = performance.now();
    for (const own of conformanceCases) {
      try {
        await own.run(reference, reference);
      } catch (e) {
        console.log(String(e));
      }
    }
    console.log(conformanceCases.length, programs.length, performance.now() - t0);
  });
});
