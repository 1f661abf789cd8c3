import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recipeOfPng } from '@patternlens/heatmap';
import { readArray } from '../testing/arrays.js';
import { refuse, runCli, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();
const file = (...names: string[]): string => join(folder, ...names);
const options = { cwd: folder };
const occlusion = [
  'occlusion',
  'default',
  'generated',
  '--layer',
  'relu3',
  '--size',
  5,
  '--stride',
  3,
];

interface Sample {
  readonly target: number;
  readonly channel: number;
  readonly whole: { readonly probability: number; readonly activation: number };
  readonly rows: readonly (readonly [number, number])[];
  readonly files: Readonly<Record<string, string>>;
}

describe('occlusion', () => {
  let samples: readonly Sample[];

  beforeAll(async () => {
    const { stdout } = await succeed(
      [...occlusion, '--limit', 2, '--out', 'seen', '--json'],
      options,
    );
    const document = JSON.parse(stdout) as { samples: Sample[]; fill: number[] };
    expect(JSON.parse(readFileSync(file('seen', 'occlusion.json'), 'utf8'))).toEqual(document);
    // Generated data are in model space: the square is zero there.
    expect(document.fill).toEqual([0, 0, 0]);
    ({ samples } = document);
  });

  it('has four maps and a picture a sample', async () => {
    expect(samples).toHaveLength(2);
    for (const { files, rows, whole } of samples) {
      expect(rows).toEqual([
        [0, 5],
        [3, 8],
        [6, 11],
        [9, 14],
        [12, 16],
      ]);
      expect((await readArray(file('seen', files['projection']!))).shape).toEqual([3, 16, 16]);
      const probability = await readArray(file('seen', files['probability']!));
      expect(probability.shape).toEqual([5, 5]);
      expect(Math.min(...probability.data)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...probability.data)).toBeLessThanOrEqual(1);
      const activation = await readArray(file('seen', files['activation']!));
      expect(activation.data.every((value) => value >= 0)).toBe(true);
      expect(activation.data.some((value) => value !== whole.activation)).toBe(true);
      const classes = await readArray(file('seen', files['class']!));
      expect(classes.data.every((value) => [0, 1, 2, 3].includes(value))).toBe(true);
      const png = new Uint8Array(readFileSync(file('seen', files['png']!)));
      expect(recipeOfPng(png)).toMatchObject({ format: 'patternlens-occlusion', layer: 'relu3' });
    }
  });

  it('does not depend on the batch, and takes a fill of its own', async () => {
    const probabilities = async (more: (string | number)[], out: string): Promise<number[]> => {
      await succeed([...occlusion, '--limit', 1, '--no-pictures', '--out', out, ...more], options);
      const name = 'generated.00000.occlusion.probability.npy';
      return Array.from((await readArray(file(out, name))).data);
    };
    const one = await probabilities(['--batch', 1], 'one');
    const seven = await probabilities(['--batch', 7], 'seven');
    seven.forEach((value, at) => {
      expect(value).toBeCloseTo(one[at]!, 5);
    });
    expect(await probabilities(['--fill', '1,-1,0.5'], 'filled')).not.toEqual(one);
    expect(readdirSync(file('one')).some((name) => name.endsWith('.png'))).toBe(false);
  });

  it.each([
    [['--layer', 'rellu3'], 'Did you mean "relu3"?'],
    [['--stride', '6'], 'leaves gaps'],
    [['--fill', '1,2'], 'expected a number, or 3'],
    [['--target', '4'], 'There are 4: 0 to 3.'],
    [['--channel', '24'], 'no feature map 24'],
    [['--size', '0'], '--size'],
  ])('refuses %j', async (wrong, part) => {
    await refuse([...occlusion, '--limit', 1, '--out', 'none', ...wrong], 2, [part], options);
  });

  it('leaves nothing when it is interrupted', async () => {
    const { code } = await runCli(
      [...occlusion, '--stride', 1, '--limit', 40, '--backend', 'reference', '--out', 'cut'],
      { ...options, interruptAt: (stderr) => stderr.includes('occlusion  ') },
    );
    expect(code).toBe(130);
    expect(existsSync(file('cut')) ? readdirSync(file('cut')) : []).toEqual([]);
  });
});
