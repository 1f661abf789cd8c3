import { suggestion } from '@patternlens/core';
import { BLOCK, fittedEstimators, type FittedEstimator } from '@patternlens/core/patterns';
import { flag, optional, required, withDefault, words } from '../arguments/option.js';
import { count, parseBytes, parseShard } from '../arguments/parse-numbers.js';
import { MODEL, SOURCES } from '../arguments/positional.js';
import { BACKEND, LIMIT, SOURCE_OPTIONS } from '../arguments/shared-options.js';
import { UsageError } from '../arguments/usage-error.js';
import { checkpointPath, hasCheckpoint } from '../fitting/checkpoint-file.js';
import { fitDetail, fitTable } from '../fitting/fit-words.js';
import { readAhead } from '../fitting/read-ahead.js';
import { runFit } from '../fitting/run-fit.js';
import { checkWritable } from '../output/check-writable.js';
import { counted } from '../output/counted.js';
import { defineCommand } from './command.js';

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

export const fit = defineCommand({
  takes: [MODEL],
  options: {
    ...SOURCE_OPTIONS,
    data: words('--data <SOURCE...>', SOURCES.description),
    out: required('--out <FILE.safetensors>', 'the pattern file'),
    estimator: optional(
      '--estimator <ID,...>',
      'linear, two-component, or one of a plug-in (default: all, in one pass over the data)',
    ),
    limit: LIMIT,
    batch: withDefault(
      '--batch <N>',
      'samples read at once; the patterns do not depend on it',
      String(BLOCK),
      count(),
    ),
    backend: BACKEND,
    resume: flag('--resume', 'go on with a fit that was interrupted'),
    shard: optional(
      '--shard <I/N>',
      'take the I-th of N parts of the data; patternlens merge joins them',
      parseShard,
    ),
    memory: withDefault(
      '--memory <SIZE>',
      'moments held at once; what is beyond takes further passes over the data',
      '2GB',
      parseBytes,
    ),
    moments: flag('--no-moments', 'a smaller file, which cannot be merged'),
  },
  examples: ['patternlens fit default --data generated --limit 2000 --out default.safetensors'],
  run: async (run, path) => {
    const { data = [], out, batch, limit, shard, memory, resume, moments } = run.options;
    const { estimators: further } = await run.plugins();
    const estimators = parseEstimators(run.options.estimator, fittedEstimators(further));
    if (!resume && (await hasCheckpoint(out)))
      throw new UsageError(
        `"${checkpointPath(out)}" holds a fit that was interrupted. Add --resume to go on with it, or delete it.`,
      );
    await checkWritable(out);
    const model = await run.model(path, data);
    const inputs = await run.inputs(model, data, GENERATED);
    const backend = await run.backend();
    run.say(`backend ${backend.id}, ${counted(inputs.count, 'sample')}`);
    const signal = run.heedInterrupts();
    const progress = await run.progress('fit');
    const patterns = await runFit({
      model,
      backend,
      estimators,
      limit,
      shard,
      memory,
      inputs: batch > BLOCK ? readAhead(inputs, batch) : inputs,
      out,
      resume,
      withoutMoments: !moments,
      signal,
      say: run.say,
      onProgress: (step) => {
        progress.update({ done: step.done, total: step.total, detail: fitDetail(step) });
      },
    });
    progress.stop();
    run.terminal.data(fitTable(patterns));
    run.say(
      `patterns of ${counted(patterns.layers.size, 'layer')} from ${counted(patterns.samples, 'sample')}: ${out}`,
    );
  },
});
