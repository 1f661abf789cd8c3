import type { Verdict } from './check-case.js';
import { reasonKind } from './reason-kind.js';

/** A case with what became of it. */
export interface Judged {
  readonly name: string;
  /** The operators of its model. */
  readonly operators: readonly string[];
  readonly verdict: Verdict;
}

/** What an importer knows of its operators. */
export interface KnownOperators {
  /** Those that work on computed values. */
  readonly operations: readonly string[];
  /** Those that are computed where all that they read is known. */
  readonly folders: readonly string[];
  /** Those that are refused by name, with the reason. */
  readonly refused: Readonly<Record<string, string>>;
}

const VERDICTS = ['pass', 'wrong', 'crashed', 'refused'] as const;

const countOf = (judged: readonly Judged[], verdict: Verdict['verdict']): number =>
  judged.filter((one) => one.verdict.verdict === verdict).length;

export const countWords = (judged: readonly Judged[]): string =>
  VERDICTS.map((verdict) => `${countOf(judged, verdict)} ${verdict}`).join(', ');

/** Refused cases by what their reasons have in common, the most first. */
export function byKind(judged: readonly Judged[]): [kind: string, cases: Judged[]][] {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    if (one.verdict.verdict !== 'refused') continue;
    const kind = reasonKind(one.verdict.reason);
    groups.set(kind, [...(groups.get(kind) ?? []), one]);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '-'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** `passed of cases` of an operator's own tests, each of which has the operator in a model of one node. */
function testsOf(judged: readonly Judged[], operator: string): string {
  const own = judged.filter(({ operators }) => operators.length === 1 && operators[0] === operator);
  return own.length === 0 ? '' : `${countOf(own, 'pass')} of ${own.length}`;
}

/** The page that lists all operators, and what ONNX's own tests say of them. */
export function operatorsPage(judged: readonly Judged[], known: KnownOperators): string {
  const { operations, folders, refused } = known;
  const folding = folders.filter((name) => !operations.includes(name));
  const sorted = (names: readonly string[]): string[] => [...names].sort();
  return [
    '# Operators of ONNX',
    '',
    'Made by `tools/scripts/onnx-backend-tests.js` from the tables of the importer and from the tests that the package `onnx` ships; not written by hand.',
    '',
    '## On computed values',
    '',
    'These become layers. Beside each stands how many of the tests of ONNX that have it alone, and floats to explain, pass: the value by the reference and by ONNX Runtime, and the gradient',
    'against central differences. What is refused of an operator is refused with the node and the reason.',
    '',
    tableOf(
      ['operator', 'tests'],
      sorted(operations).map((name) => [`\`${name}\``, testsOf(judged, name)]),
    ),
    '',
    '## On known values only',
    '',
    'These are computed while a file is read, where all that they read is constant or a size. On values that exist only when the network runs they are refused.',
    '',
    sorted(folding)
      .map((name) => `\`${name}\``)
      .join(', '),
    '',
    '## Refused by name',
    '',
    tableOf(
      ['operator', 'why'],
      sorted(Object.keys(refused)).map((name) => [`\`${name}\``, refused[name]!]),
    ),
    '',
    '## The tests as a whole',
    '',
    `Of ${judged.length} tests with floats: ${countWords(judged)}.`,
    '',
    tableOf(
      ['why refused', 'tests'],
      byKind(judged).map(([kind, cases]) => [kind, String(cases.length)]),
    ),
    '',
  ].join('\n');
}
