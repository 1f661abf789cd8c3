import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceCases } from '../conformance-cases.js';
import { supportColumn, type SupportColumn } from './support-column.js';
import { supportReport } from './support-report.js';

const docs = join(__dirname, '../../../../docs');
const columns = JSON.parse(readFileSync(join(docs, 'support.json'), 'utf8')) as SupportColumn[];

/** Tables are aligned and rules drawn out when the page is formatted. */
const plain = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();

/** Today's cases by subject. */
const today = supportColumn({
  backend: '',
  host: '',
  results: conformanceCases.map(({ name, group, subject }) => ({
    case: name,
    group,
    subject,
    status: 'passed',
  })),
}).cells.map(({ group, subject, of }) => ({ group, subject, of }));

test('the page says what the kept runs say', () => {
  expect(plain(readFileSync(join(docs, 'support.md'), 'utf8'))).toBe(plain(supportReport(columns)));
  expect(columns.length).toBeGreaterThan(1);
});

// A column that is older than the cases: run tools/scripts/run-conformance.js on its backend, then tools/scripts/write-support.js.
test.each(columns.map((column) => [`${column.backend}, ${column.host}`, column] as const))(
  'the run of %s is of these cases, and nothing failed',
  (_name, { cells }) => {
    // Where a backend is slow, fewer cases about each subject are run.
    const expected = today.map((cell, at) => ({
      ...cell,
      of: Math.min(cell.of, cells[at]?.of ?? 0),
    }));
    expect(cells.map(({ group, subject, of }) => ({ group, subject, of }))).toEqual(expected);
    expect(cells.every(({ of }) => of > 0)).toBe(true);
    expect(cells.filter(({ failed }) => failed > 0)).toEqual([]);
  },
);
