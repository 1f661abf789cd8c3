import type { CaseGroup } from '../conformance-case.js';
import type { SupportCell, SupportColumn } from './support-column.js';

const SECTIONS: readonly {
  readonly group: CaseGroup;
  readonly title: string;
  readonly text: string;
}[] = [
  {
    group: 'primitive',
    title: 'Primitives',
    text: 'Against their definition in float64: relative L2 distance 1e-5 or less, and zeros that are zeros.',
  },
  {
    group: 'rule',
    title: 'Kinds of layer',
    text: 'Every rule on every kind of layer that it is for: relative L2 distance 1e-5 or less.',
  },
  {
    group: 'method',
    title: 'Methods',
    text: 'Every method on small networks, under equal gates: relative L2 distance 1e-4 or less, sample by sample, with the same decisions.',
  },
  {
    group: 'fit',
    title: 'Fitting',
    text: 'Patterns fitted on the backend against patterns fitted in float64: relative L2 distance 1e-4 or less, neuron by neuron.',
  },
  {
    group: 'invariant',
    title: 'What holds always',
    text: 'Batches, runs, memory, inputs and outputs, and results that are known without a reference.',
  },
];

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;

function show(cell: SupportCell | undefined): string {
  if (!cell) return 'not run';
  const share = `${cell.passed} of ${cell.of}`;
  return cell.failed === 0 ? share : `${share}, **${cell.failed} failed**`;
}

const titleOf = ({ backend, host }: SupportColumn): string => `${backend}, ${host}`;

function subjectsOf(columns: readonly SupportColumn[], group: CaseGroup): string[] {
  const all = columns.flatMap(({ cells }) =>
    cells.flatMap((cell) => (cell.group === group ? [cell.subject] : [])),
  );
  return [...new Set(all)];
}

/** How many cases each run was of, and what became of them. */
function runs(columns: readonly SupportColumn[]): string[] {
  const sum = ({ cells }: SupportColumn, of: (cell: SupportCell) => number): number =>
    cells.reduce((total, cell) => total + of(cell), 0);
  return [
    '## Runs',
    '',
    'On emulated graphics processors a case takes long; there, some cases about each subject are run, evenly chosen.',
    '',
    row(['backend', 'cases', 'passed', 'lacking', 'failed']),
    row(['---', '---', '---', '---', '---']),
    ...columns.map((column) => {
      const of = sum(column, (cell) => cell.of),
        passed = sum(column, (cell) => cell.passed),
        failed = sum(column, (cell) => cell.failed);
      return row([titleOf(column), ...[of, passed, of - passed - failed, failed].map(String)]);
    }),
    '',
  ];
}

function section(
  columns: readonly SupportColumn[],
  { group, title, text }: (typeof SECTIONS)[number],
): string[] {
  const subjects = subjectsOf(columns, group);
  if (subjects.length === 0) return [];
  const cellOf = (column: SupportColumn, subject: string): SupportCell | undefined =>
    column.cells.find((cell) => cell.group === group && cell.subject === subject);
  const lacks = columns.flatMap((column) =>
    subjects.flatMap((subject) =>
      (cellOf(column, subject)?.reasons ?? []).map(
        (reason) => `- ${titleOf(column)}, ${subject}: ${reason}`,
      ),
    ),
  );
  return [
    `## ${title}`,
    '',
    text,
    '',
    row(['', ...columns.map(titleOf)]),
    row(['', ...columns.map(() => '')].map(() => '---')),
    ...subjects.map((subject) =>
      row([subject, ...columns.map((column) => show(cellOf(column, subject)))]),
    ),
    '',
    ...(lacks.length === 0 ? [] : ['What is lacking, and why:', '', ...lacks, '']),
  ];
}

/** Which backend does what, as a page in Markdown: tables of primitives, kinds of layer and methods by backend, with the reason of every lack. */
export function supportReport(columns: readonly SupportColumn[]): string {
  return [
    '# What runs where',
    '',
    'Made by `tools/scripts/write-support.js` from runs of `@patternlens/conformance`; not written by hand. A cell says how many of its cases',
    'the backend passes. A case that a backend lacks has its reason below the table.',
    '',
    ...runs(columns),
    ...SECTIONS.flatMap((part) => section(columns, part)),
  ].join('\n');
}
