import { join } from 'node:path';
import { methodName } from '@patternlens/heatmap';
import { DEFAULT_MODEL } from '../models/model-names.js';
import { withDefault } from '../arguments/option.js';
import { BACKEND } from '../arguments/shared-options.js';
import { DEMO, runDemo, type DemoResult } from '../demo/run-demo.js';
import { openModel } from '../models/open-model.js';
import { checkWritable } from '../output/check-writable.js';
import { rate } from '../output/progress.js';
import { table } from '../output/table.js';
import { writeWhole } from '../output/write-whole.js';
import { defineCommand } from './command.js';

function summary({ scores, accuracy, chance }: DemoResult, file: string): string {
  const rows = scores.map((score) => [
    methodName(score.id),
    score.group,
    `${(100 * score.rankAccuracy).toFixed(0)} %`,
    `${score.milliseconds.toFixed(2)} ms`,
  ]);
  return [
    table(['method', 'group', 'true pixels found', 'time a sample'], rows),
    '',
    `Patterns from ${DEMO.fitted} generated samples; ${DEMO.measured} others explained, ${(100 * accuracy).toFixed(0)} % of them classified right.`,
    `A random map would find ${(100 * chance).toFixed(0)} % of the truly relevant pixels. Compare within a group only.`,
    `Look at ${file}: ${DEMO.shown} samples, ${DEMO.methods.length} methods, beside the truth.`,
  ].join('\n');
}

export const demo = defineCommand({
  takes: [],
  options: {
    out: withDefault('--out <DIR>', 'the folder for sheet.png', '.'),
    backend: BACKEND,
  },
  examples: ['patternlens demo --out demo'],
  run: async (run) => {
    const file = join(run.options.out, 'sheet.png');
    await checkWritable(file);
    const backend = await run.backend();
    run.say(`backend ${backend.id}`);
    const { network } = await openModel(DEFAULT_MODEL, { shape: {}, output: undefined }, []);
    const progress = await run.progress('fit');
    const result = await runDemo(
      network,
      backend,
      ({ done, total, imagesPerSecond }) => {
        progress.update({ done, total, detail: rate(imagesPerSecond) });
      },
      (method) => {
        progress.stop();
        run.say(`explain  ${method}`);
      },
    );
    await writeWhole(file, result.png);
    run.terminal.data(summary(result, file));
  },
});
