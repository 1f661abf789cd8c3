import { join } from 'node:path';
import { metricsWith } from '@patternlens/core/metrics';
import { checkPreprocessing, inputRange } from '@patternlens/explain/node';
import { sayPixelsAsTheyAre } from '../sources/open-samples.js';
import { flag, optional, required, withDefault, words } from '../arguments/option.js';
import { asChoice, checkMethods, parseMethods } from '../arguments/parse-methods.js';
import { parseMetrics } from '../arguments/parse-metrics.js';
import { count } from '../arguments/parse-numbers.js';
import { MAYBE_SOURCES, MODEL } from '../arguments/positional.js';
import {
  BACKEND,
  batch,
  KEEP_OUTPUT,
  LABELS,
  SOURCE_OPTIONS,
} from '../arguments/shared-options.js';
import { openProducts } from '../backends/open-products.js';
import { checkNeeds, checkTruth } from '../evaluate/check-needs.js';
import { checkSplits, measurable, openInputs } from '../evaluate/evaluation-inputs.js';
import { fittedPatterns } from '../evaluate/fitted-patterns.js';
import { runMetrics } from '../evaluate/run-metrics.js';
import { resultsText } from '../evaluate/table-text.js';
import { writeResults } from '../evaluate/write-results.js';
import { saySettled } from '../explain/settled-parameters.js';
import { counted } from '../output/counted.js';
import { defineCommand } from './command.js';

export const evaluate = defineCommand({
  takes: [MODEL, MAYBE_SOURCES],
  options: {
    ...SOURCE_OPTIONS,
    metrics: required(
      '--metrics <ID,...>',
      'metrics, with parameters behind a colon: quality:neurons=16; or all',
    ),
    method: optional('--method <ID,...>', 'methods to measure; or all'),
    patterns: optional('--patterns <FILE>', 'patterns, for methods and estimators that are fitted'),
    fit: words('--fit <SOURCE...>', 'fit patterns on these samples instead'),
    regress: words('--regress <SOURCE...>', 'for quality: the samples that v is fitted on'),
    test: words('--test <SOURCE...>', 'for quality: the samples that correlations are taken on'),
    keepOutput: KEEP_OUTPUT,
    backend: BACKEND,
    batch: batch('samples computed at once'),
    limit: optional('--limit <N>', 'samples of each source', count()),
    seed: withDefault(
      '--seed <N>',
      'of whatever is drawn: splits, random directions and orders',
      '0',
      count(0),
    ),
    labels: LABELS,
    out: optional(
      '--out <DIR>',
      'a folder for tables (CSV), charts (SVG, PNG) and evaluation.json',
    ),
    json: flag('--json', 'print evaluation.json instead of the tables'),
  },
  examples: ['patternlens evaluate default generated --metrics quality --out evaluation'],
  run: async (run, path, sources) => {
    const { options, say } = run;
    const { out, seed } = options;
    const { plugins, methods: known } = await run.plugins();
    const { METRICS } = await import('@patternlens/evaluate');
    const chosen = parseMetrics(options.metrics, metricsWith(METRICS, plugins));
    if (options.method !== undefined) checkMethods(options.method, known);
    checkNeeds(chosen, options.method);
    checkSplits(options, sources);
    const named = [...sources, ...(options.test ?? []), ...(options.fit ?? [])];
    const model = await run.model(path, named);
    const given = await run.patterns();
    const check = measurable(model, given, options.fit !== undefined);
    const quality = chosen.some(({ metric }) => metric.id === 'quality');
    const inputs = await openInputs({ model, quality, say }, sources, options);
    const range = inputRange(model, inputs.measured);
    const methods =
      options.method === undefined
        ? []
        : parseMethods(options.method, { methods: known, range, check, say });
    methods.forEach(check);
    saySettled(methods, model.network, say);
    for (const each of inputs.all) sayPixelsAsTheyAre(each, say);
    checkTruth(chosen, inputs.data.truth !== undefined);
    if (given) for (const each of inputs.all) checkPreprocessing(given, each, '--preprocess');
    const backend = await run.backend();
    say(`backend ${backend.id}`);
    const products = await openProducts(backend.id);
    run.closing(products.dispose);
    const signal = run.heedInterrupts();
    const staging = out === undefined ? undefined : await run.results(out);
    const progress = await run.progress('evaluate');
    const fitting = { backend, signal };
    const fitted = await fittedPatterns(model, inputs.fit, fitting, progress.update);
    if (fitted) say(`patterns fitted on ${counted(fitted.samples, 'sample')}`);
    const context = {
      network: model.network,
      ...{ backend, methods: methods.map(asChoice), data: inputs.data, patterns: given ?? fitted },
      ...{ seed, batch: options.batch, signal, product: products.product },
    };
    const results = await runMetrics(chosen, context, progress.update);
    const document = JSON.stringify(
      Object.fromEntries([...results].map(([metric, { json }]) => [metric, json])),
      null,
      2,
    );
    if (staging) await writeResults(results, document, staging);
    await staging?.commit();
    progress.stop();
    const text = options.json ? document : resultsText(results);
    if (text !== '') run.terminal.data(text);
    for (const { warnings } of results.values()) warnings.forEach(say);
    if (out !== undefined)
      say(`${counted(results.size, 'metric')}: ${join(out, 'evaluation.json')}`);
  },
});
