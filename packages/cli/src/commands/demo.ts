import { join } from 'node:path';
import { methodName } from '@patternlens/heatmap';
import type { Command } from 'commander';
import { parseBackend } from '../backends/backend-ids.js';
import { openBackend } from '../backends/open-backend.js';
import { DEMO, runDemo } from '../demo/run-demo.js';
import { DEFAULT_MODEL, openModel } from '../models/open-model.js';
import { checkWritable } from '../output/check-writable.js';
import { rate, startProgress } from '../output/progress.js';
import { table } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { writePieces } from '../output/write-pieces.js';

export function demoCommand(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .option('--out <DIR>', 'the folder for sheet.png', '.')
    .option(
      '--backend <ID>',
      'what computes: onnx:node, onnx:wasm or reference (default: the first that is installed)',
    )
    .addHelpText('after', '\nExample:\n  patternlens demo --out demo')
    .action(async (flags: { out: string; backend?: string }) => {
      const file = join(flags.out, 'sheet.png');
      const id = flags.backend === undefined ? undefined : parseBackend(flags.backend);
      await checkWritable(file);
      const backend = await openBackend(id);
      terminal.say(`backend ${backend.id}`);
      const { network } = await openModel(DEFAULT_MODEL);
      const progress = await startProgress(terminal, 'fit');
      try {
        const { scores, accuracy, chance, png } = await runDemo(
          network,
          backend,
          ({ done, total, imagesPerSecond }) => {
            progress.update({ done, total, detail: rate(imagesPerSecond) });
          },
          (method) => {
            progress.stop();
            terminal.say(`explain  ${method}`);
          },
        );
        await writePieces(file, [png]);
        const rows = scores.map((score) => [
          methodName(score.id),
          score.group,
          `${(100 * score.rankAccuracy).toFixed(0)} %`,
          `${score.milliseconds.toFixed(2)} ms`,
        ]);
        terminal.data(table(['method', 'group', 'true pixels found', 'time a sample'], rows));
        terminal.data('');
        terminal.data(
          `Patterns from ${DEMO.fitted} generated samples; ${DEMO.measured} others explained, ${(100 * accuracy).toFixed(0)} % of them classified right.`,
        );
        terminal.data(
          `A random map would find ${(100 * chance).toFixed(0)} % of the truly relevant pixels. Compare within a group only.`,
        );
        terminal.data(
          `Look at ${file}: ${DEMO.shown} samples, ${DEMO.methods.length} methods, beside the truth.`,
        );
      } finally {
        progress.stop();
        await backend.dispose();
      }
    });
}
