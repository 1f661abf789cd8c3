import {
  BLOCK,
  fittedEstimators,
  pluginEstimators,
  PatternLensError,
  RARE,
  suggestion,
  type FittedEstimator,
  type PatternSet,
} from '@patternlens/core';
import type { Command } from 'commander';
import { parseBytes, parseCount, parseShard } from '../arguments/parse-numbers.js';
import { UsageError } from '../arguments/usage-error.js';
import { parseBackend } from '../backends/backend-ids.js';
import { openBackend } from '../backends/open-backend.js';
import { joinInputs } from '../explain/joined-inputs.js';
import { checkpointPath, hasCheckpoint } from '../fitting/checkpoint-file.js';
import { readAhead } from '../fitting/read-ahead.js';
import { runFit } from '../fitting/run-fit.js';
import { counted } from '../output/counted.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { cancelOnInterrupt } from '../output/cancel-on-interrupt.js';
import { checkWritable } from '../output/check-writable.js';
import { duration, rate, startProgress } from '../output/progress.js';
import { table } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import {
  openModelOf,
  sourcesByInput,
  withSources,
  type ModelFlags,
  type SourceFlags,
} from './shared-options.js';

interface Flags extends ModelFlags, SourceFlags {
  readonly data?: readonly string[];
  readonly out: string;
  readonly estimator?: string;
  readonly limit?: string;
  readonly batch: string;
  readonly backend?: string;
  readonly resume?: boolean;
  readonly shard?: string;
  readonly memory: string;
  readonly moments: boolean;
}

/** Samples that a generated source gives where no limit says otherwise: its training part. */
const GENERATED = 8000;

function parseEstimators(
  text: string | undefined,
  known: readonly FittedEstimator[],
): FittedEstimator[] | undefined {
  return text?.split(',').map((id) => {
    if (known.includes(id)) return id;
    throw new UsageError(
      `--estimator: "${id}" is not fitted from data. ${suggestion(id, known)} The others need no file: give them to a method, as in pattern-net:estimator=filter.`,
    );
  });
}

/** Layers with the neurons that fired never or rarely: what their patterns are worth. */
function summary({ layers }: PatternSet): string {
  const rows = [...layers].map(([layer, { counts, samples }]) => {
    const dead = counts.filter((own) => own === 0).length;
    const rare = counts.filter((own) => own > 0 && own < RARE).length;
    return [layer, String(counts.length), String(samples), String(dead), String(rare)];
  });
  return table(
    ['layer', 'neurons', 'samples and positions', 'never fired', `fired below ${RARE} times`],
    rows,
  );
}

export function fitCommand(program: Command, terminal: Terminal): void {
  withSources(
    program.command('fit').argument('<MODEL>', 'an ONNX file, or default for the bundled network'),
  )
    .option(
      '--data <SOURCE...>',
      'folders of images, image files, arrays (.npy, IDX, CIFAR), or generated[:seed=7]',
    )
    .requiredOption('--out <FILE.safetensors>', 'the pattern file')
    .option(
      '--estimator <ID,...>',
      'linear, two-component, or one of a plug-in (default: all, in one pass over the data)',
    )
    .option('--limit <N>', 'samples in all')
    .option('--batch <N>', 'samples read at once; the patterns do not depend on it', String(BLOCK))
    .option(
      '--backend <ID>',
      'what computes: onnx:node, onnx:wasm or reference (default: the first that is installed)',
    )
    .option('--resume', 'go on with a fit that was interrupted')
    .option('--shard <I/N>', 'take the I-th of N parts of the data; patternlens merge joins them')
    .option(
      '--memory <SIZE>',
      'moments held at once; what is beyond takes further passes over the data',
      '2GB',
    )
    .option('--no-moments', 'a smaller file, which cannot be merged')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens fit default --data generated --limit 2000 --out default.safetensors',
    )
    .action(async (path: string, flags: Flags) => {
      const { data = [] } = flags;
      const plugins = await openPlugins(flags.plugin);
      const estimators = parseEstimators(
        flags.estimator,
        fittedEstimators(pluginEstimators(plugins)),
      );
      const shard = flags.shard === undefined ? undefined : parseShard(flags.shard);
      const limit = flags.limit === undefined ? undefined : parseCount('--limit', flags.limit);
      const batch = parseCount('--batch', flags.batch);
      const memory = parseBytes('--memory', flags.memory);
      const id = flags.backend === undefined ? undefined : parseBackend(flags.backend);
      if (flags.resume !== true && (await hasCheckpoint(flags.out))) {
        throw new UsageError(
          `"${checkpointPath(flags.out)}" holds a fit that was interrupted. Add --resume to go on with it, or delete it.`,
        );
      }
      await checkWritable(flags.out);
      const model = await openModelOf(path, flags, data, flags.input);
      const inputs = await joinInputs(
        model,
        sourcesByInput(model, data, flags),
        limit ?? GENERATED,
        limit,
      );
      const backend = await openBackend(id);
      terminal.say(`backend ${backend.id}, ${counted(inputs.count, 'sample')}`);
      const cancel = cancelOnInterrupt();
      const progress = await startProgress(terminal, 'fit');
      try {
        const patterns = await runFit({
          model,
          backend,
          estimators,
          limit,
          shard,
          memory,
          inputs: batch > BLOCK ? readAhead(inputs, batch) : inputs,
          out: flags.out,
          resume: flags.resume === true,
          withoutMoments: !flags.moments,
          signal: cancel.signal,
          say: terminal.say,
          onProgress: ({ done, total, pass, passes, imagesPerSecond, secondsLeft }) => {
            const parts = [
              passes > 1 ? `pass ${pass} of ${passes}` : '',
              rate(imagesPerSecond),
              (secondsLeft ?? 0) > 0 ? `${duration(secondsLeft!)} left` : '',
            ];
            progress.update({ done, total, detail: parts.filter(Boolean).join('  ') });
          },
        });
        progress.stop();
        terminal.data(summary(patterns));
        terminal.say(
          `patterns of ${counted(patterns.layers.size, 'layer')} from ${counted(patterns.samples, 'sample')}: ${flags.out}`,
        );
      } catch (thrown) {
        progress.stop();
        if (!(thrown instanceof PatternLensError) || thrown.code !== 'cancelled') throw thrown;
        throw new PatternLensError(
          'cli',
          'cancelled',
          `interrupted. What was fitted is kept in "${checkpointPath(flags.out)}": go on with --resume.`,
          {},
          thrown,
        );
      } finally {
        cancel.release();
        await backend.dispose();
      }
    });
}
