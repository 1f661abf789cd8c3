// Runs the conformance suite on the backends of headless Chromium: node tools/scripts/conformance-in-chromium.js [--each N] [--group GROUP] [--seconds S] [BACKEND...]
// With --each, N cases at most about each subject; with --group, only the primitive, rule, method, fit or invariant ones.
// Results go to test-results/conformance/BACKEND.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const built = (path) => import(new URL(`../../${path}`, import.meta.url).href);
const { BROWSER_BACKENDS } = await built('packages/page/dist/index.js');
const { conformanceInChromium } = await built(
  'apps/benchmark/dist/chromium/conformance-in-chromium.js',
);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    each: { type: 'string', default: 'Infinity' },
    group: { type: 'string' },
    seconds: { type: 'string', default: '600' },
  },
});
const limits = {
  each: Number(values.each),
  group: values.group,
  deadline: 1000 * Number(values.seconds),
};
const folder = fileURLToPath(new URL('../../test-results/conformance/', import.meta.url));
const backends = positionals.length > 0 ? positionals : BROWSER_BACKENDS;

await mkdir(folder, { recursive: true });
let begin = Date.now();
await conformanceInChromium(backends, limits, async (backend, { cases, results, failure }) => {
  const name = `${backend.replace(':', '-')}.chromium.json`;
  const milliseconds = Date.now() - begin;
  begin = Date.now();
  await writeFile(
    `${folder}${name}`,
    JSON.stringify({ backend, host: 'Chromium', milliseconds, cases, failure, results }, null, 2),
  );
  const count = (status) => results.filter((result) => result.status === status).length;
  console.log(
    `${backend}: of ${cases} cases ${count('passed')} passed, ${count('failed')} failed, ${count('lacking')} lacking (${(milliseconds / 1000).toFixed(0)} s)${failure ? ` ${failure.reason}` : ''}`,
  );
  for (const { case: name, message } of results.filter(({ status }) => status === 'failed'))
    console.log(`  ${name}: ${message}`);
});
