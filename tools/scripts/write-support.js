// Writes docs/support.md from runs of the conformance suite: test-results/conformance/*.json, one file a run, `{ backend, host, results }`.
// What they say in short is kept in docs/support.json, so that runs of some backends leave the columns of the others as they are.
//   node tools/scripts/write-support.js           writes both
//   node tools/scripts/write-support.js --check   ends with 1 where a run says otherwise than they do
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { supportColumn, supportReport } from '../../packages/conformance/dist/index.js';
import * as prettier from 'prettier';

const root = new URL('../..', import.meta.url).pathname;
const runs = join(root, 'test-results/conformance');
const data = join(root, 'docs/support.json');
const page = join(root, 'docs/support.md');

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Text as `npm run format` leaves it. */
async function formatted(text, path) {
  return prettier.format(text, { ...(await prettier.resolveConfig(path)), filepath: path });
}

const ran = existsSync(runs)
  ? readdirSync(runs)
      .filter((name) => name.endsWith('.json'))
      .map((name) => supportColumn(JSON.parse(readFileSync(join(runs, name), 'utf8'))))
  : [];
const keyOf = ({ backend, host }) => `${backend}, ${host}`;
const columns = new Map(JSON.parse(read(data) || '[]').map((column) => [keyOf(column), column]));
for (const column of ran) columns.set(keyOf(column), column);
const sorted = [...columns.keys()].sort().map((key) => columns.get(key));
const wanted = [
  [data, await formatted(JSON.stringify(sorted), data)],
  [page, await formatted(supportReport(sorted), page)],
];
const isCheck = process.argv.includes('--check');
for (const [path, text] of wanted) {
  if (read(path) === text) continue;
  if (isCheck) {
    console.log(
      `${path.slice(root.length)} is not what the runs say. Run: node tools/scripts/write-support.js`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.log(`wrote ${path.slice(root.length)}`);
  }
}
console.log(`${ran.length} runs, ${sorted.length} columns`);
