import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { METHODS } from '@patternlens/core';
import sharp from 'sharp';
import { refuse, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();
const options = { cwd: folder };
const BOXED = ['lrp-z-box', 'epsilon-gamma-box'];

interface Entry {
  readonly method: string;
  readonly parameters: Record<string, unknown>;
  readonly samples: readonly { readonly sum: number; readonly start: number }[];
}

const entriesOf = (out: string): Entry[] =>
  JSON.parse(readFileSync(join(folder, out, 'explanations.json'), 'utf8')) as Entry[];

beforeAll(async () => {
  const data = Uint8Array.from({ length: 32 * 32 * 3 }, (_, at) => (at * 37) % 256);
  const png = await sharp(data, { raw: { width: 32, height: 32, channels: 3 } })
    .png()
    .toBuffer();
  mkdirSync(join(folder, 'images'));
  writeFileSync(join(folder, 'images', 'one.png'), png);
  writeFileSync(
    join(folder, 'steps.json'),
    JSON.stringify({ mean: [123, 117, 104], std: [100], channels: 'rgb' }),
  );
});

describe('bounds of the input', () => {
  test('come from the preprocessing of images, and are said', async () => {
    const { stderr } = await succeed(
      [
        'explain',
        'default',
        'images',
        '--preprocess',
        'steps.json',
        '--method',
        'lrp-z-box,deep-taylor:input=box,deep-taylor,epsilon-gamma-box:low=-9,high=9',
        '--out',
        'boxed',
        '--no-pictures',
      ],
      options,
    );
    const words =
      'low -1.23/-1.17/-1.04, high 1.32/1.38/1.51, from the preprocessing of the pixels';
    expect(stderr).toContain(`lrp-z-box: ${words}\n`);
    expect(stderr).toContain(`deep-taylor: ${words}\n`);
    expect(stderr).not.toContain('epsilon-gamma-box: low');
    const entries = entriesOf('boxed');
    const bounds = { low: [-1.23, -1.17, -1.04], high: [1.32, 1.38, 1.51] };
    expect(entries.map(({ method, parameters }) => [method, parameters])).toEqual([
      ['lrp-z-box', { ...bounds, epsilon: 1e-6, gate: 'hold' }],
      ['deep-taylor', { ...bounds, input: 'box', gate: 'hold' }],
      ['deep-taylor', { input: 'unbounded', gate: 'hold' }],
      ['epsilon-gamma-box', { low: -9, high: 9, gamma: 0.25, epsilon: 1e-6, gate: 'hold' }],
    ]);
    for (const { samples } of entries)
      for (const { sum } of samples) expect(Number.isFinite(sum)).toBe(true);
  });

  test('are asked for where nothing tells them', async () => {
    const args = ['explain', 'default', 'generated', '--limit', 1, '--out', 'never', '--method'];
    await refuse(
      [...args, 'lrp-z-box'],
      2,
      ['lrp-z-box needs low and high', 'lrp-z-box:low=-1,high=1'],
      options,
    );
  });

  test('leave methods out of all where nothing tells them, by name', async () => {
    const { stderr } = await succeed(
      [
        'bench',
        'default',
        'generated',
        '--method',
        'all',
        '--fit',
        16,
        '--runs',
        0,
        '--limit',
        1,
        '--json',
        '--backend',
        'onnx:node',
      ],
      options,
    );
    expect(stderr).toContain(`left out ${BOXED.join(' and ')}: nothing tells`);
    for (const { id } of METHODS)
      expect(stderr.includes(`onnx:node  ${id}\n`)).toBe(!BOXED.includes(id));
  });

  test('are no matter for the report', async () => {
    const { stdout } = await succeed(['inspect', 'default', '--json'], options);
    const { methods } = JSON.parse(stdout) as {
      methods: Record<string, { supported: boolean; problems: unknown[]; notes: unknown[] }>;
    };
    for (const id of BOXED)
      expect(methods[id]).toMatchObject({
        supported: true,
        problems: [],
        notes: [{ reason: 'low and high have to be given: what the input lies between' }],
      });
  });
});
