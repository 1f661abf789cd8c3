import { join } from 'node:path';
import { measureToys, type ToyMeasurement } from '@patternlens/data';
import { encodePng, pageToSvg } from '@patternlens/heatmap';
import { referenceBackend } from '@patternlens/reference';
import type { Command } from 'commander';
import { parseCount } from '../arguments/parse-numbers.js';
import { checkWritable } from '../output/check-writable.js';
import { table } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { writePieces } from '../output/write-pieces.js';
import { toyFigure } from '../toy/toy-figure.js';

interface Flags {
  readonly out: string;
  readonly samples: string;
  readonly seed: string;
  readonly json?: boolean;
}

const REPEATS = 40;
/** Measurements further from their closed forms than this many standard errors are counted. */
const FAR = 3;

function rowOf({ model, quantity, measured, standardError, closedForm, z }: ToyMeasurement) {
  const short = (value: number): string => (Math.abs(value) < 5e-6 ? 0 : value).toFixed(5);
  return [
    model,
    quantity,
    short(measured),
    z === null ? '-' : standardError.toExponential(1),
    short(closedForm),
    z === null ? '-' : z.toFixed(2),
  ];
}

export function toyCommand(program: Command, terminal: Terminal): void {
  program
    .command('toy')
    .option('--out <DIR>', 'the folder for figure2.svg and figure2.png', '.')
    .option('--samples <N>', 'samples of each repeat', '2000')
    .option('--seed <N>', 'the seed of the samples', '1')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  patternlens toy --out toy')
    .action(async (flags: Flags) => {
      const count = parseCount('--samples', flags.samples, 100);
      const seed = parseCount('--seed', flags.seed, 0);
      const vector = join(flags.out, 'figure2.svg');
      const picture = join(flags.out, 'figure2.png');
      await checkWritable(vector);
      const rows = await measureToys(referenceBackend(), { seed, count, repeats: REPEATS });
      const { nodeRenderer } = await import('@patternlens/heatmap/node');
      const renderer = await nodeRenderer();
      const svg = pageToSvg(toyFigure(seed), renderer.family);
      await writePieces(vector, [new TextEncoder().encode(svg)]);
      await writePieces(picture, [encodePng(renderer.draw(svg))]);
      const far = rows.filter(({ z }) => z !== null && Math.abs(z) > FAR).length;
      if (flags.json === true) {
        const document = { seed, samples: count, repeats: REPEATS, beyond: far, rows };
        terminal.data(JSON.stringify(document, null, 2));
      } else {
        const headings = ['model', 'quantity', 'measured', 'standard error', 'closed form', 'z'];
        terminal.data(table(headings, rows.map(rowOf)));
        terminal.data('');
        terminal.data(
          `Means of ${REPEATS} repeats of ${count} samples, seed ${seed}; the standard error is the mean's. z is the difference in standard errors, - where only rounding is left.`,
        );
        terminal.data(
          `${far} of ${rows.length} lie further than ${FAR} standard errors from the closed form; by chance, one in 370 does.`,
        );
      }
      terminal.say(`${vector}, ${picture}: weights turn with the distractor, patterns do not`);
    });
}
