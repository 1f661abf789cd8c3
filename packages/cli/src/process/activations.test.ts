import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recipeOfPng } from '@patternlens/heatmap';
import { readArray, relativeL2 } from '../testing/arrays.js';
import { refuse, runCli, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();
const file = (...names: string[]): string => join(folder, ...names);
const options = { cwd: folder };

interface Entry {
  readonly rank: number;
  readonly source: string;
  readonly index: number;
  readonly position: readonly number[];
  readonly value: number;
  readonly receptiveField: readonly (readonly [number, number])[];
  readonly row: number;
}
interface Document {
  readonly samples: number;
  readonly channels: readonly { readonly channel: number; readonly strongest: readonly Entry[] }[];
  readonly files: { readonly npy: string; readonly png: readonly string[] };
}

const activations = ['activations', 'default', 'generated', '--layer', 'relu3'];

describe('activations', () => {
  let document: Document;

  beforeAll(async () => {
    const more = ['--channels', '2,0-1', '--top', 3, '--limit', 30, '--out', 'found', '--json'];
    const { stdout } = await succeed([...activations, ...more], options);
    document = JSON.parse(stdout) as Document;
    expect(JSON.parse(readFileSync(file('found', 'activations.json'), 'utf8'))).toEqual(document);
  });

  it('lists the feature maps as asked for, each strongest first', () => {
    expect(document.samples).toBe(30);
    expect(document.channels.map(({ channel }) => channel)).toEqual([2, 0, 1]);
    for (const { strongest } of document.channels) {
      const values = strongest.map(({ value }) => value);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(strongest.map(({ rank }) => rank)).toEqual([1, 2, 3].slice(0, strongest.length));
    }
  });

  it('projects what explain projects from the same neuron, and both name the same receptive field', async () => {
    const { data, shape } = await readArray(file('found', document.files.npy));
    const each = data.length / shape[0]!;
    const { channel, strongest } = document.channels[0]!;
    const [first] = strongest;
    const target = `relu3/${channel}@${first!.position.join(',')}`;
    const more = ['--method', 'deconvnet', '--target', target, '--limit', 30, '--out', 'one'];
    await succeed(['explain', 'default', 'generated', ...more], options);
    const all = await readArray(file('one', 'generated.deconvnet.npy'));
    const want = all.data.subarray(first!.index * each, (first!.index + 1) * each);
    const got = data.subarray(first!.row * each, (first!.row + 1) * each);
    expect(relativeL2(got, want)).toBeLessThan(1e-6);
    const [entry] = JSON.parse(readFileSync(file('one', 'explanations.json'), 'utf8')) as [
      { samples: { output: number; receptiveField: unknown }[] },
    ];
    const sample = entry.samples[first!.index]!;
    expect(sample.output).toBeCloseTo(first!.value, 5);
    expect(sample.receptiveField).toEqual(first!.receptiveField);
    const [, rows, columns] = first!.receptiveField as [
      unknown,
      [number, number],
      [number, number],
    ];
    for (let at = 0; at < each; at++) {
      const [y, x] = [Math.floor(at / 16) % 16, at % 16];
      const inside = y >= rows[0] && y < rows[1] && x >= columns[0] && x < columns[1];
      if (!inside) expect(got[at]).toBe(0);
    }
  });

  it('draws them, with how they were made', () => {
    expect(document.files.png).toEqual(['activations.png']);
    const recipe = recipeOfPng(new Uint8Array(readFileSync(file('found', 'activations.png'))));
    expect(recipe).toMatchObject({
      format: 'patternlens-activations',
      layer: 'relu3',
      recipe: { method: 'deconvnet', start: 'one' },
      channels: [2, 0, 1],
    });
    expect(readFileSync(file('found', 'activations.svg'), 'utf8')).toContain('Feature map 2');
  });

  it('chooses the strongest feature maps, and projects with any traced method', async () => {
    const more = ['--channels', 'strongest:2', '--top', 1, '--limit', 12, '--no-pictures'];
    const { stdout } = await succeed(
      [...activations, ...more, '--method', 'lrp-alpha1-beta0', '--out', 'two', '--json'],
      options,
    );
    const { channels } = JSON.parse(stdout) as Document;
    const all = JSON.parse(
      (
        await succeed(
          [
            ...activations,
            '--channels',
            'all',
            '--top',
            1,
            '--limit',
            12,
            '--no-pictures',
            '--out',
            'all',
            '--json',
          ],
          options,
        )
      ).stdout,
    ) as Document;
    const largest = all.channels
      .map(({ channel, strongest }) => ({ channel, value: strongest[0]?.value ?? 0 }))
      .sort((a, b) => b.value - a.value);
    expect(channels.map(({ channel }) => channel)).toEqual(
      largest.slice(0, 2).map(({ channel }) => channel),
    );
    expect(existsSync(file('two', 'activations.png'))).toBe(false);
  });

  it.each([
    [['--layer', 'relu33'], 'Did you mean "relu3"?'],
    [['--channels', '0,24'], 'no feature map 24. It has 24: 0 to 23.'],
    [['--channels', '5-2'], '0,5,10-12'],
    [['--channels', 'strongest:0'], 'strongest:N'],
    [['--method', 'pattern-net'], 'it needs patterns'],
    [['--method', 'gradient,deconvnet'], 'give one method'],
    [['--top', '0'], '--top'],
  ])('refuses %j', async (wrong, part) => {
    await refuse([...activations, '--out', 'none', ...wrong], 2, [part], options);
    expect(existsSync(file('none'))).toBe(false);
  });

  it('leaves nothing when it is interrupted', async () => {
    const { code } = await runCli(
      [...activations, '--limit', 4000, '--backend', 'reference', '--out', 'cut'],
      { ...options, interruptAt: (stderr) => stderr.includes('search  ') },
    );
    expect(code).toBe(130);
    expect(readdirSync(file('cut'))).toEqual([]);
  });
});

describe('the target of explain', () => {
  const explain = ['explain', 'default', 'generated', '--limit', 1, '--method', 'deconvnet'];

  it.each([
    ['conv3/3@9,2', 'position 9 is out of range. There are 8: 0 to 7.'],
    ['conv3/3@1', 'has 2 indices, got 1'],
    ['conv3/3@a', 'LAYER/CHANNEL@ROW,COLUMN'],
    ['conv3/99', 'channel 99'],
  ])('%s is refused', async (target, part) => {
    await refuse([...explain, '--target', target, '--out', 'no'], 2, [part], options);
  });

  it('is shown in its receptive field, or whole', async () => {
    const neuron = ['--target', 'conv2/3@2,4'];
    await succeed([...explain, ...neuron, '--out', 'cropped'], options);
    await succeed([...explain, ...neuron, '--no-crop', '--out', 'whole'], options);
    const [cropped, whole] = ['cropped', 'whole'].map((out) =>
      readFileSync(file(out, 'generated.00000.deconvnet.png')),
    );
    expect(cropped!.equals(whole!)).toBe(false);
    const entries = JSON.parse(readFileSync(file('cropped', 'explanations.json'), 'utf8')) as [
      { samples: [{ receptiveField: unknown }] },
    ];
    expect(entries[0].samples[0].receptiveField).toEqual([
      [0, 3],
      [0, 5],
      [2, 7],
    ]);
  });
});
