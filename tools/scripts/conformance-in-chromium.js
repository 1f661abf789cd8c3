// Runs the conformance suite on the backends of headless Chromium: node tools/scripts/conformance-in-chromium.js [BACKEND...]
// Results go to test-results/conformance/BACKEND.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const built = (path) =>
  import(new URL(`../../apps/benchmark/dist/${path}`, import.meta.url).href);
const { BROWSER_BACKENDS } = await built('browser/backend-ids.js');
const { buildPages } = await built('chromium/build-pages.js');
const { conformanceInChromium } = await built('chromium/conformance-in-chromium.js');

const DEADLINE = 120_000;
const folder = fileURLToPath(new URL('../../test-results/conformance/', import.meta.url));
const backends = process.argv.length > 2 ? process.argv.slice(2) : BROWSER_BACKENDS;

await mkdir(folder, { recursive: true });
await buildPages();
let begin = Date.now();
await conformanceInChromium(backends, DEADLINE, async (backend, { results, failure }) => {
  const name = `${backend.replace(':', '-')}.chromium.json`;
  const milliseconds = Date.now() - begin;
  begin = Date.now();
  await writeFile(
    `${folder}${name}`,
    JSON.stringify({ backend, host: 'chromium', milliseconds, failure, results }, null, 2),
  );
  const count = (status) => results.filter((own) => own.status === status).length;
  console.log(
    `${backend}: ${count('passed')} passed, ${count('failed')} failed, ${count('lacking')} lacking (${(milliseconds / 1000).toFixed(0)} s)${failure ? ` ${failure.reason}` : ''}`,
  );
  for (const { case: name, message } of results.filter(({ status }) => status === 'failed'))
    console.log(`  ${name}: ${message}`);
});
