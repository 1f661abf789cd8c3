import { join } from 'node:path';
import { metricsWith, resolveNetwork, type DoubleProduct, type Metric } from '@patternlens/core';
import type { Command } from 'commander';
import { asChoice, parseMethods } from '../arguments/parse-methods.js';
import { parseMetrics, type ChosenMetric } from '../arguments/parse-metrics.js';
import { parseCount } from '../arguments/parse-numbers.js';
import { UsageError } from '../arguments/usage-error.js';
import { parseBackend } from '../backends/backend-ids.js';
import { onnxRuntime } from '../backends/onnx-runtime.js';
import { openBackend } from '../backends/open-backend.js';
import {
  checkMethods,
  checkSplits,
  fittedPatterns,
  openInputs,
  type SplitFlags,
} from '../evaluate/evaluation-inputs.js';
import { runMetrics } from '../evaluate/run-metrics.js';
import { textOf } from '../evaluate/table-text.js';
import { writeResults } from '../evaluate/write-results.js';
import { checkPreprocessing } from '../explain/check-preprocessing.js';
import { openPatterns } from '../models/open-patterns.js';
import { cancelOnInterrupt } from '../output/cancel-on-interrupt.js';
import { counted } from '../output/counted.js';
import { startProgress } from '../output/progress.js';
import { stageInto } from '../output/staging.js';
import type { Terminal } from '../output/terminal.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { openModelOf, withSources, type ModelFlags, type SourceFlags } from './shared-options.js';

interface Flags extends ModelFlags, SourceFlags, SplitFlags {
  readonly metrics: string;
  readonly method?: string;
  readonly patterns?: string;
  readonly keepOutput?: boolean;
  readonly backend?: string;
  readonly batch: string;
  readonly limit?: string;
  readonly seed: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Samples that a generated source gives where no limit says otherwise: rho takes more than a layer has inputs. */
const GENERATED = { quality: 3000, others: 100 } as const;

/** Longer tables go to files only. */
const SHOWN = 60;

function checkNeeds(chosen: readonly ChosenMetric[], flags: Flags): void {
  const needing = chosen.find(({ metric }) => metric.needs.includes('methods'));
  if (needing && flags.method === undefined)
    throw new UsageError(
      `--metrics ${needing.metric.id}: it measures methods, and none is named. Add --method ID[,ID...], or --method all.`,
    );
}

function checkTruth(chosen: readonly ChosenMetric[], known: boolean): void {
  const needing = chosen.find(({ metric }) => metric.needs.includes('truth'));
  if (needing && !known)
    throw new UsageError(
      `--metrics ${needing.metric.id}: it needs data of which it is known what decides them. Use generated.`,
    );
}

/** Quick products in float64, where the backend's runtime has them. */
async function openProducts(
  backend: string,
): Promise<{ product?: DoubleProduct; dispose: () => Promise<void> }> {
  if (backend !== 'onnx:node' && backend !== 'onnx:wasm')
    return { dispose: () => Promise.resolve() };
  const { doubleProducts } = await import('@patternlens/adapter-onnx');
  return doubleProducts(await onnxRuntime(backend));
}

async function allMetrics(): Promise<readonly Metric[]> {
  return (await import('@patternlens/evaluate')).METRICS;
}

export function evaluateCommand(program: Command, terminal: Terminal): void {
  withSources(
    program
      .command('evaluate')
      .argument('<MODEL>', 'an ONNX file, or default for the bundled network')
      .argument(
        '[SOURCE...]',
        'folders of images, image files, arrays (.npy, IDX, CIFAR), or generated[:seed=7]',
      ),
  )
    .requiredOption(
      '--metrics <ID,...>',
      'metrics, with parameters behind a colon: quality:neurons=16; or all',
    )
    .option('--method <ID,...>', 'methods to measure; or all')
    .option('--patterns <FILE>', 'patterns, for methods and estimators that are fitted')
    .option('--fit <SOURCE...>', 'fit patterns on these samples instead')
    .option('--regress <SOURCE...>', 'for quality: the samples that v is fitted on')
    .option('--test <SOURCE...>', 'for quality: the samples that correlations are taken on')
    .option('--keep-output', 'explain the output behind its final softmax or sigmoid')
    .option(
      '--backend <ID>',
      'what computes: onnx:node, onnx:wasm or reference (default: the first that is installed)',
    )
    .option('--batch <N>', 'samples computed at once', '8')
    .option('--limit <N>', 'samples of each source')
    .option('--seed <N>', 'of whatever is drawn: splits, random directions and orders', '0')
    .option(
      '--labels <FILE>',
      'class names, one a line (default: MODEL.labels.txt, where it is there)',
    )
    .option('--out <DIR>', 'a folder for tables (CSV), charts (SVG, PNG) and evaluation.json')
    .option('--json', 'print evaluation.json instead of the tables')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens evaluate default generated --metrics quality --out evaluation',
    )
    .action(async (path: string, sources: string[], flags: Flags) => {
      const plugins = await openPlugins(flags.plugin);
      const chosen = parseMetrics(flags.metrics, metricsWith(await allMetrics(), plugins));
      const methods =
        flags.method === undefined
          ? []
          : parseMethods(flags.method, {
              plugins,
              say: (line) => {
                terminal.say(line);
              },
            });
      const batch = parseCount('--batch', flags.batch);
      const seed = parseCount('--seed', flags.seed, 0);
      const limit = flags.limit === undefined ? undefined : parseCount('--limit', flags.limit);
      const id = flags.backend === undefined ? undefined : parseBackend(flags.backend);
      checkNeeds(chosen, flags);
      checkSplits(flags, sources, flags.input ?? [], flags.patterns !== undefined);
      const named = [...sources, ...(flags.test ?? []), ...(flags.fit ?? [])];
      const model = await openModelOf(path, flags, named, flags.input);
      const keepOutput = flags.keepOutput === true;
      const given = flags.patterns === undefined ? undefined : await openPatterns(flags.patterns);
      checkMethods(model, methods, given, keepOutput, flags.fit !== undefined);
      const quality = chosen.some(({ metric }) => metric.id === 'quality');
      const inputs = await openInputs(
        model,
        sources,
        flags,
        limit ?? GENERATED[quality ? 'quality' : 'others'],
        limit,
      );
      checkTruth(chosen, inputs.data.truth !== undefined);
      if (given) for (const own of inputs.all) checkPreprocessing(given, own);
      const staging = flags.out === undefined ? undefined : await stageInto(flags.out);
      const backend = await openBackend(id);
      terminal.say(`backend ${backend.id}`);
      const products = await openProducts(backend.id);
      const cancel = cancelOnInterrupt();
      const progress = await startProgress(terminal, 'evaluate');
      try {
        const { signal } = cancel;
        const fitted = await fittedPatterns(model, inputs, {
          backend,
          keepOutput,
          signal,
          onProgress: (done) => {
            progress.update({ done, total: inputs.fit!.count, detail: 'patterns' });
          },
        });
        if (fitted) terminal.say(`patterns fitted on ${counted(fitted.samples, 'sample')}`);
        const results = await runMetrics(
          chosen,
          {
            network: resolveNetwork(model.network, { keepOutput, plugins }),
            backend,
            methods: methods.map(asChoice),
            patterns: given ?? fitted,
            data: inputs.data,
            seed,
            batch,
            signal,
            product: products.product,
          },
          (metric, done, total, what) => {
            progress.update({ done, total, detail: `${metric}: ${what}` });
          },
        );
        const document = JSON.stringify(
          Object.fromEntries([...results].map(([metric, { json }]) => [metric, json])),
          null,
          2,
        );
        if (staging) await staging.commit(await writeResults(results, document, staging));
        progress.stop();
        if (flags.json === true) terminal.data(document);
        else
          for (const { tables } of results.values())
            for (const table of tables)
              if (table.rows.length <= SHOWN) terminal.data(textOf(table));
        for (const { warnings } of results.values()) warnings.forEach(terminal.say);
        if (flags.out !== undefined)
          terminal.say(`${counted(results.size, 'metric')}: ${join(flags.out, 'evaluation.json')}`);
      } finally {
        progress.stop();
        cancel.release();
        await staging?.discard();
        await products.dispose();
        await backend.dispose();
      }
    });
}
