// Compares all backends of this machine, in Node and in a browser, and writes one report: `npm run benchmark`.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = join(ROOT, 'benchmark');
const HELP = `npm run benchmark -- [MODEL SOURCE...] [options]

Without MODEL: the bundled network on generated data.

  --browser         measure the backends of headless Chromium too
  --browser-only    measure those alone
  --serve           serve the page, for use by hand
  --port N          where --serve listens (default 8642)
  --backend ID,...  these backends only
  --method ID,...   these methods only (default: all)
  --fit N           samples that patterns are fitted on (default 64)
  --limit N         samples compared with float64 (default 3)
  --batch N,...     samples timed at once (default 1,16)
  --runs N          timed runs of each (default 20)
  --budget SECONDS  time for Node's backends, and for the browser's (default 150, 180)
  --fail-above X    exit with 4 where the error under equal gates is above X

The report goes to benchmark/report.html and benchmark/report.json.
`;

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    browser: flag,
    'browser-only': flag,
    serve: flag,
    help: flag,
    port: { ...text, default: '8642' },
    backend: text,
    method: { ...text, default: 'all' },
    fit: { ...text, default: '64' },
    limit: { ...text, default: '3' },
    batch: { ...text, default: '1,16' },
    runs: { ...text, default: '20' },
    budget: text,
    'fail-above': text,
  },
});
const [model = 'default', ...given] = positionals;
const sources = given.length > 0 ? given : ['generated'];
const wanted = values.backend?.split(',');
const say = (line) => process.stderr.write(`${line}\n`);

const built = (path) => import(new URL(`../../${path}`, import.meta.url).href);

/** Measures Node's backends by the command itself. */
async function inNode(file) {
  const settings = ['method', 'fit', 'limit', 'batch', 'runs'].flatMap((name) => [
    `--${name}`,
    values[name],
  ]);
  const { MEASURED } = await built('packages/explain/dist/node.js');
  const backends = wanted?.filter((id) => MEASURED.includes(id)) ?? ['all'];
  if (backends.length === 0) return undefined;
  const args = [
    '--backend',
    backends.join(','),
    '--budget',
    values.budget ?? '150',
    '--report',
    file,
  ];
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'packages/cli/bin/patternlens.js'),
      'bench',
      model,
      ...sources,
      ...settings,
      ...args,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) process.exit(code ?? 1);
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Measures a browser's backends, on the same samples and with patterns fitted in the same way. */
async function inBrowser() {
  const { openBench } = await built('packages/cli/dist/bench/bench-request.js');
  const { fitOnce } = await built('packages/cli/dist/bench/fit-once.js');
  const { reportOf } = await built('packages/cli/dist/bench/bench-reports.js');
  const { openPlugins } = await built('packages/cli/dist/plugins/open-plugins.js');
  const { BROWSER_BACKENDS } = await built('packages/page/dist/index.js');
  const { sendJob } = await built('apps/benchmark/dist/browser/sent-job.js');
  const { runInChromium } = await built('apps/benchmark/dist/chromium/run-in-chromium.js');
  const backends = wanted ? BROWSER_BACKENDS.filter((id) => wanted.includes(id)) : BROWSER_BACKENDS;
  if (backends.length === 0) return undefined;
  const request = {
    path: model,
    sources,
    values: { shape: {} },
    methods: values.method,
    batches: values.batch.split(',').map(Number),
    compared: Number(values.limit),
    fitted: Number(values.fit),
  };
  const opened = await openBench(request, await openPlugins([]));
  const shapes = Object.fromEntries(
    opened.job.network.inputs.map(({ name, shape }) => [name, shape.slice(1)]),
  );
  const patterns = opened.job.fitted && (await fitOnce(opened.job));
  const files = { format: 'onnx', main: opened.model.bytes, beside: {} };
  const job = { ...opened.job, patterns };
  const payload = await sendJob({ job, model: files }, shapes);
  const begin = Date.now();
  const found = await runInChromium(payload, backends, {
    compare: true,
    timing: {
      batches: [...opened.job.timed.keys()],
      runs: Number(values.runs),
      least: 3,
      rounds: 4,
      pause: 20,
      budget: 1000 * Number(values.budget ?? 180),
    },
    onProgress: ({ step, backend, method = '', batch, done, total }) => {
      const batched = batch === undefined || batch === 1 ? '' : `  batch ${batch}`;
      const seconds = ((Date.now() - begin) / 1000).toFixed(0).padStart(3);
      say(`${seconds} s  ${done + 1}/${total}  ${step.padEnd(7)}  ${backend}  ${method}${batched}`);
    },
  });
  return { ...(await reportOf(found.networks[0])), ...found };
}

/** Serves the page until it is interrupted. */
async function serve() {
  const { buildPages } = await built('apps/benchmark/dist/chromium/build-pages.js');
  const { serveFolder } = await built('packages/page/dist/node.js');
  const { folders } = await buildPages();
  const { url } = await serveFolder({ folders, port: Number(values.port) });
  say(`${url} (ends with Ctrl+C)`);
}

async function measure() {
  const { mergeReports, gateFailure, pageWithReport } = await built('apps/benchmark/dist/index.js');
  const { pageTemplate } = await built('apps/benchmark/dist/node.js');
  const { benchTable } = await built('packages/cli/dist/bench/bench-document.js');
  await mkdir(FOLDER, { recursive: true });
  const file = join(FOLDER, 'report.json');
  const reports = [
    values['browser-only'] ? undefined : await inNode(file),
    values.browser || values['browser-only'] ? await inBrowser() : undefined,
  ].filter((report) => report !== undefined);
  if (reports.length === 0) {
    say('there is no such backend here. Add --browser for those of browsers.');
    process.exitCode = 2;
    return;
  }
  const report = reports.reduce(mergeReports);
  await writeFile(file, JSON.stringify(report, null, 2));
  const page = join(FOLDER, 'report.html');
  await writeFile(page, pageWithReport(await pageTemplate(), report));
  for (const network of report.networks) console.log(benchTable(network));
  say(`wrote ${page}\nwrote ${file}`);
  const limit = values['fail-above'];
  const failure =
    limit === undefined
      ? undefined
      : gateFailure(
          report.networks.flatMap(({ backends }) => backends),
          Number(limit),
        );
  if (failure === undefined) return;
  say(`benchmark: ${failure}`);
  process.exitCode = 4;
}

if (values.help) process.stdout.write(HELP);
else if (values.serve) await serve();
else await measure();
