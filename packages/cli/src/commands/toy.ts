import { join } from 'node:path';
import { measureToys, type ToyMeasurement } from '@patternlens/data';
import { encodePng, pageToSvg } from '@patternlens/heatmap';
import { referenceBackend } from '@patternlens/reference';
import { flag, withDefault } from '../arguments/option.js';
import { count } from '../arguments/parse-numbers.js';
import { checkWritable } from '../output/check-writable.js';
import { table } from '../output/table.js';
import { toyFigure } from '../toy/toy-figure.js';
import { defineCommand } from './command.js';

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

function summary(
  rows: readonly ToyMeasurement[],
  beyond: number,
  { samples, seed }: { readonly samples: number; readonly seed: number },
): string {
  const headings = ['model', 'quantity', 'measured', 'standard error', 'closed form', 'z'];
  return [
    table(headings, rows.map(rowOf)),
    '',
    `Means of ${REPEATS} repeats of ${samples} samples, seed ${seed}; the standard error is the mean's. z is the difference in standard errors, - where only rounding is left.`,
    `${beyond} of ${rows.length} lie further than ${FAR} standard errors from the closed form; by chance, one in 370 does.`,
  ].join('\n');
}

export const toy = defineCommand({
  takes: [],
  options: {
    out: withDefault('--out <DIR>', 'the folder for figure2.svg and figure2.png', '.'),
    samples: withDefault('--samples <N>', 'samples of each repeat', '2000', count(100)),
    seed: withDefault('--seed <N>', 'the seed of the samples', '1', count(0)),
    json: flag('--json', 'one JSON document'),
  },
  examples: ['patternlens toy --out toy'],
  run: async (run) => {
    const { out, samples, seed, json } = run.options;
    const [vector, picture] = ['figure2.svg', 'figure2.png'] as const;
    await checkWritable(join(out, vector));
    const rows = await measureToys(referenceBackend(), { seed, count: samples, repeats: REPEATS });
    const { nodeRenderer } = await import('@patternlens/heatmap/node');
    const renderer = await nodeRenderer();
    const svg = pageToSvg(toyFigure(seed), renderer.family);
    const staging = await run.results(out);
    await staging.write(vector, svg);
    await staging.write(picture, encodePng(renderer.draw(svg)));
    await staging.commit();
    const beyond = rows.filter(({ z }) => z !== null && Math.abs(z) > FAR).length;
    run.terminal.data(
      json
        ? JSON.stringify({ seed, samples, repeats: REPEATS, beyond, rows }, null, 2)
        : summary(rows, beyond, run.options),
    );
    run.say(
      `${join(out, vector)}, ${join(out, picture)}: weights turn with the distractor, patterns do not`,
    );
  },
});
