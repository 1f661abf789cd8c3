import { referenceBackend } from '@patternlens/reference';
import type { ConformanceCase } from '../conformance-case.js';
import { Disagreement } from '../disagreement.js';
import { primitiveCases } from '../primitives/primitive-conformance.js';
import { lineByLine } from '../testing/line-by-line.js';
import { inFunction } from '../testing/mutant.js';
import { checkCase } from './check-case.js';
import { checkLacks } from './lacks.js';
import { runConformance } from './run-conformance.js';

const reference = referenceBackend();
const cases = primitiveCases.filter(({ subject }) => subject === 'neg' || subject === 'abs');
const wrongAbs = lineByLine(inFunction('abs', (x) => x));
const abs = cases.filter(({ subject }) => subject === 'abs');
const neg = cases.filter(({ subject }) => subject === 'neg');
const statuses = (results: readonly { status: string }[]): string[] =>
  results.map(({ status }) => status);

describe('checkCase', () => {
  test('says what was measured', async () => {
    const result = await checkCase(neg[0]!, lineByLine(), reference);
    expect(result).toEqual({
      case: 'neg, batch 1',
      group: 'primitive',
      subject: 'neg',
      status: 'passed',
      distance: 0,
    });
  });

  test('throws a disagreement that names the case and the distance', async () => {
    const failed = checkCase(abs[0]!, wrongAbs, reference);
    await expect(failed).rejects.toThrow(Disagreement);
    await expect(failed).rejects.toMatchObject({ case: 'abs, batch 1' });
    await expect(failed).rejects.toThrow(/^abs, batch 1: y: relative L2 distance 1\.\de\+0/);
  });

  test('gives the reason of a listed case that fails', async () => {
    const lacks = [{ case: 'abs', reason: 'it has no signs' }];
    const result = await checkCase(abs[0]!, wrongAbs, reference, lacks);
    expect(result).toMatchObject({ status: 'lacking', message: 'it has no signs' });
  });

  test('fails for a listed case that passes', async () => {
    const lacks = [{ case: /^neg, batch 1$/, reason: 'once it was so' }];
    await expect(checkCase(neg[0]!, lineByLine(), reference, lacks)).rejects.toThrow(
      /it passes, though it is listed as lacking \("once it was so"\)/,
    );
    expect(await checkCase(neg[1]!, lineByLine(), reference, lacks)).toMatchObject({
      status: 'passed',
    });
  });

  test('names the case of a crash', async () => {
    const crash: ConformanceCase = { ...neg[0]!, run: () => Promise.reject(new Error('lost')) };
    await expect(checkCase(crash, lineByLine(), reference)).rejects.toThrow('neg, batch 1: lost');
  });
});

describe('lists of lacks', () => {
  test.each([
    ['a name that no case has', [{ case: 'negg', reason: 'a slip' }], /no case has .* negg/],
    ['an expression that fits none', [{ case: /^nothing/, reason: 'a slip' }], /\/\^nothing\//],
    ['no reason', [{ case: 'neg', reason: ' ' }], /no reason is given for neg/],
  ])('with %s are refused', (_what, lacks, message) => {
    expect(() => {
      checkLacks(lacks, cases);
    }).toThrow(message);
  });

  test('are checked before anything runs', async () => {
    const onResult = jest.fn();
    const lacks = [{ case: 'negg', reason: 'a slip' }];
    await expect(
      runConformance(lineByLine(), reference, { cases, lacks, onResult }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(onResult).not.toHaveBeenCalled();
  });
});

describe('runConformance', () => {
  test('goes on behind what fails, and hands every result over', async () => {
    const seen: string[] = [];
    const results = await runConformance(wrongAbs, reference, {
      cases,
      onResult: async (result) => {
        await Promise.resolve();
        seen.push(result.case);
      },
    });
    expect(seen).toEqual(cases.map(({ name }) => name));
    expect(results.filter(({ status }) => status === 'failed').length).toBe(abs.length);
    expect(results.find(({ status }) => status === 'failed')).toMatchObject({
      case: 'abs, batch 1',
      subject: 'abs',
      group: 'primitive',
    });
    // Plain data: pages and files take it as it is.
    expect(JSON.parse(JSON.stringify(results))).toEqual(results);
  });

  test('counts a backend that cannot compile as failing each case', async () => {
    const broken = { ...lineByLine(), compile: () => Promise.reject(new Error('no device')) };
    const results = await runConformance(broken, reference, { cases: neg });
    expect(new Set(statuses(results))).toEqual(new Set(['failed']));
    expect(results[0]!.message).toBe('neg, batch 1: no device');
    const lacks = [{ case: 'neg', reason: 'there is no device' }];
    const known = await runConformance(broken, reference, { cases: neg, lacks });
    expect(new Set(statuses(known))).toEqual(new Set(['lacking']));
  });
});
