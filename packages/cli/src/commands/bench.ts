import { gateFailure } from '@patternlens/benchmark';
import { MEASURED } from '@patternlens/explain/node';
import { BACKENDS_HELP, parseBackend } from '../backends/backend-names.js';
import { flag, optional, withDefault } from '../arguments/option.js';
import { checkMethods } from '../arguments/parse-methods.js';
import { count, parsePositive } from '../arguments/parse-numbers.js';
import { MAYBE_SOURCES, MODEL } from '../arguments/positional.js';
import { METHODS, PATTERNS, SOURCE_OPTIONS } from '../arguments/shared-options.js';
import { UsageError } from '../arguments/usage-error.js';
import { announcer } from '../bench/announcer.js';
import { benchDocument, benchTable } from '../bench/bench-document.js';
import { reportFiles } from '../bench/bench-reports.js';
import { timingPlan } from '../bench/bench-timing.js';
import { runBench } from '../bench/run-bench.js';
import { checkWritable } from '../output/check-writable.js';
import { GateError } from '../output/exit-code.js';
import { writeWhole } from '../output/write-whole.js';
import { defineCommand } from './command.js';

export const bench = defineCommand({
  takes: [MODEL, MAYBE_SOURCES],
  options: {
    ...SOURCE_OPTIONS,
    method: METHODS,
    backend: optional(
      '--backend <ID,...>',
      `what is measured, or all for each that needs a runtime here: ${BACKENDS_HELP}`,
      (text) => (text === 'all' ? MEASURED : text.split(',').map(parseBackend)),
    ),
    patterns: PATTERNS,
    fitted: withDefault(
      '--fit <N>',
      'fit patterns on N samples, by the reference and by each backend, and compare them',
      '0',
      count(0),
    ),
    batches: withDefault(
      '--batch <N,...>',
      'samples computed at once while timing',
      '1',
      (text, option) => text.split(',').map((part) => count()(part, option)),
    ),
    limit: withDefault(
      '--limit <N>',
      'samples compared with the reference, which is slow',
      '1',
      count(),
    ),
    runs: withDefault('--runs <N>', 'timed runs of each method; 0 to compare only', '20', count(0)),
    budget: optional(
      '--budget <SECONDS>',
      'time for all of it: what is slow is run less often',
      parsePositive,
    ),
    agreement: flag('--no-agreement', 'time only'),
    failAbove: optional(
      '--fail-above <X>',
      'exit with 4 where the error under equal gates is above X',
      parsePositive,
    ),
    html: optional('--html <FILE>', 'write the report as one page'),
    report: optional('--report <FILE.json>', 'write the report as JSON'),
    json: flag('--json', 'one JSON document'),
  },
  examples: ['patternlens bench default generated --method gradient,guided-backprop --limit 4'],
  run: async (run, path, sources) => {
    const { method, backend, patterns, fitted, batches, limit, runs, ...options } = run.options;
    const { shape, output, plugin, preprocess, input, agreement, failAbove, html, report } =
      options;
    if (failAbove !== undefined && !agreement)
      throw new UsageError(
        '--fail-above needs the comparison with the reference: leave out --no-agreement.',
      );
    if (fitted > 0 && patterns !== undefined)
      throw new UsageError('give either --patterns or --fit, not both.');
    const plugins = await run.plugins();
    checkMethods(method, plugins.methods);
    const files = [html, report].filter((file) => file !== undefined);
    for (const file of files) await checkWritable(file);
    const request = {
      ...{ path, sources, methods: method, batches, compared: agreement ? limit : 0 },
      ...{ values: { shape, output, plugin, preprocess, input }, fitted, patterns },
    };
    const network = await runBench(request, backend, plugins, {
      compare: agreement,
      timing: timingPlan(batches, runs, options.budget),
      signal: run.heedInterrupts(),
      say: run.say,
      onProgress: announcer(run.say, files.length > 0),
    });
    for (const [file, text] of await reportFiles(network, options)) await writeWhole(file, text);
    const facts = { model: path, batch: batches[0]!, runs };
    run.terminal.data(
      options.json ? JSON.stringify(benchDocument(network, facts), null, 2) : benchTable(network),
    );
    for (const file of files) run.say(`wrote ${file}`);
    const failure = failAbove === undefined ? undefined : gateFailure(network.backends, failAbove);
    if (failure !== undefined) throw new GateError(failure);
  },
});
