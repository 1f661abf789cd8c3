import type { BenchmarkProgress, NetworkResult, TimingPlan } from '@patternlens/benchmark';
import { gateFailure, pageWithReport } from '@patternlens/benchmark';
import type { Command } from 'commander';
import { checkMethods } from '../arguments/parse-methods.js';
import { parseCount, parsePositive } from '../arguments/parse-numbers.js';
import { UsageError } from '../arguments/usage-error.js';
import { parseBackend, type BackendId } from '../backends/backend-ids.js';
import { benchDocument, benchTable } from '../bench/bench-document.js';
import type { BenchRequest } from '../bench/bench-request.js';
import { NODE_BACKENDS, reportOf, runBench } from '../bench/run-bench.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { cancelOnInterrupt } from '../output/cancel-on-interrupt.js';
import { checkWritable } from '../output/check-writable.js';
import { GateError } from '../output/exit-code.js';
import { writeWhole } from '../output/staging.js';
import type { Terminal } from '../output/terminal.js';
import { withSources, type ModelFlags, type SourceFlags } from './shared-options.js';

interface Flags extends ModelFlags, SourceFlags {
  readonly method: string;
  readonly backend?: string;
  readonly patterns?: string;
  readonly fit: string;
  readonly batch: string;
  readonly limit: string;
  readonly runs: string;
  readonly budget?: string;
  readonly failAbove?: string;
  readonly agreement: boolean;
  readonly html?: string;
  readonly report?: string;
  readonly json?: boolean;
}

interface Parsed {
  readonly request: BenchRequest;
  readonly ids: readonly BackendId[] | undefined;
  readonly runs: number;
  readonly budget: number | undefined;
  readonly failAbove: number | undefined;
}

/** Below this many runs a median means little; what is so slow is timed beyond its share of the budget. */
const LEAST_RUNS = 3;

function parse(path: string, sources: readonly string[], flags: Flags): Parsed {
  const ids = flags.backend === 'all' ? NODE_BACKENDS : flags.backend?.split(',').map(parseBackend);
  const batches = flags.batch.split(',').map((text) => parseCount('--batch', text));
  const limit = parseCount('--limit', flags.limit),
    fitted = parseCount('--fit', flags.fit, 0),
    runs = parseCount('--runs', flags.runs, 0);
  const failAbove =
    flags.failAbove === undefined ? undefined : parsePositive('--fail-above', flags.failAbove);
  if (failAbove !== undefined && !flags.agreement)
    throw new UsageError(
      '--fail-above needs the comparison with the reference: leave out --no-agreement.',
    );
  if (fitted > 0 && flags.patterns !== undefined)
    throw new UsageError('give either --patterns or --fit, not both.');
  return {
    ids,
    runs,
    failAbove,
    budget: flags.budget === undefined ? undefined : 1000 * parsePositive('--budget', flags.budget),
    request: {
      path,
      sources,
      flags: {
        shape: flags.shape ?? [],
        ...(flags.preprocess === undefined ? {} : { preprocess: flags.preprocess }),
        ...(flags.labels === undefined ? {} : { labels: flags.labels }),
        ...(flags.plugin === undefined ? {} : { plugin: flags.plugin }),
        input: flags.input ?? [],
      },
      methods: flags.method,
      batches,
      compared: flags.agreement ? limit : 0,
      fitted,
      patterns: flags.patterns,
    },
  };
}

function timingOf({ runs, budget, request }: Parsed): TimingPlan | undefined {
  if (runs === 0) return undefined;
  const plan = { batches: request.batches, runs, least: Math.min(runs, LEAST_RUNS), budget };
  // Under a budget there is less rest, as there are more to rest for.
  return budget === undefined
    ? { ...plan, rounds: 5, pause: 100 }
    : { ...plan, rounds: 4, pause: 40 };
}

/** Says once of each method and backend that it is being measured, or how far all is. */
function announcer(terminal: Terminal, whole: boolean): (progress: BenchmarkProgress) => void {
  const said = new Set<string>();
  return ({ step, backend, method, batch, done, total }) => {
    const what = method === undefined ? backend : `${backend}  ${method}`;
    if (whole) {
      const count = String(done + 1).padStart(String(total).length);
      const many = batch === undefined || batch === 1 ? '' : `  batch ${batch}`;
      terminal.say(`${count}/${total}  ${step.padEnd(7)}  ${what}${many}`);
    } else if (method !== undefined && !said.has(what)) {
      said.add(what);
      terminal.say(what);
    }
  };
}

async function writeReports(network: NetworkResult, { html, report: json }: Flags): Promise<void> {
  if (html === undefined && json === undefined) return;
  const { writeFile } = await import('node:fs/promises');
  const { pageTemplate } = await import('@patternlens/benchmark/node');
  const report = await reportOf(network);
  const write = (path: string, text: string): Promise<void> =>
    writeWhole(path, (passing) => writeFile(passing, text));
  if (json !== undefined) await write(json, JSON.stringify(report, null, 2));
  if (html !== undefined) await write(html, pageWithReport(await pageTemplate(), report));
}

async function bench(parsed: Parsed, flags: Flags, terminal: Terminal): Promise<void> {
  const { request, ids, runs, failAbove } = parsed;
  for (const path of [flags.html, flags.report]) if (path !== undefined) await checkWritable(path);
  const { signal, release } = cancelOnInterrupt();
  let network: NetworkResult;
  try {
    network = await runBench(request, ids, {
      compare: flags.agreement,
      timing: timingOf(parsed),
      signal,
      say: (line) => {
        terminal.say(line);
      },
      onProgress: announcer(terminal, flags.html !== undefined || flags.report !== undefined),
    });
  } finally {
    release();
  }
  await writeReports(network, flags);
  const facts = { model: request.path, batch: request.batches[0]!, runs };
  terminal.data(
    flags.json === true
      ? JSON.stringify(benchDocument(network, facts), null, 2)
      : benchTable(network),
  );
  for (const path of [flags.html, flags.report])
    if (path !== undefined) terminal.say(`wrote ${path}`);
  const failure = failAbove === undefined ? undefined : gateFailure(network.backends, failAbove);
  if (failure !== undefined) throw new GateError(failure);
}

export function benchCommand(program: Command, terminal: Terminal): void {
  withSources(
    program
      .command('bench')
      .argument('<MODEL>', 'an ONNX file, or default for the bundled network')
      .argument('[SOURCE...]', 'samples to time and to compare on'),
  )
    .requiredOption('--method <ID,...>', 'methods, with parameters behind a colon; or all')
    .option('--backend <ID,...>', 'backends, or all (default: the first that is installed)')
    .option('--patterns <FILE>', 'patterns, for pattern-net and pattern-attribution')
    .option(
      '--fit <N>',
      'fit patterns on N samples, by the reference and by each backend, and compare them',
      '0',
    )
    .option('--batch <N,...>', 'samples computed at once while timing', '1')
    .option('--limit <N>', 'samples compared with the reference, which is slow', '1')
    .option('--runs <N>', 'timed runs of each method; 0 to compare only', '20')
    .option('--budget <SECONDS>', 'time for all of it: what is slow is run less often')
    .option('--no-agreement', 'time only')
    .option('--fail-above <X>', 'exit with 4 where the error under equal gates is above X')
    .option('--html <FILE>', 'write the report as one page')
    .option('--report <FILE.json>', 'write the report as JSON')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens bench default generated --method gradient,guided-backprop --limit 4',
    )
    .action(async (path: string, sources: string[], flags: Flags) => {
      checkMethods(flags.method, await openPlugins(flags.plugin));
      await bench(parse(path, sources, flags), flags, terminal);
    });
}
