import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { DEMO } from '../demo/run-demo.js';
import { runCli, succeed, type Outcome } from '../testing/run-cli.js';
import { contentsOf, scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();

/** The lines under `Example:` in a command's help, as they stand. */
async function examplesOf(command: string): Promise<string[][]> {
  const { stdout, stderr } = await succeed([command, '--help']);
  expect(stderr).toBe('');
  // A default that says nothing is left out.
  expect(stdout).not.toContain('[])');
  const lines = stdout
    .split('Example:\n')[1]!
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => line.trim().split(' '));
}

/** Runs them one after the other; gives what the last one said. */
async function runExamples(command: string): Promise<Outcome> {
  let last: Outcome | undefined;
  for (const [name, ...args] of await examplesOf(command)) {
    expect(name).toBe('patternlens');
    last = await runCli(args, { cwd: folder });
    expect({ args, code: last.code }).toEqual({ args, code: 0 });
  }
  return last!;
}

const files = (): string[] => Object.keys(contentsOf(folder));

describe('the example in the help of', () => {
  test('demo draws a sheet and prints a table', async () => {
    const { stdout, stderr } = await runExamples('demo');
    const { width, height, channels } = await sharp(join(folder, 'demo', 'sheet.png')).metadata();
    // Eight samples by twelve methods, the truth and the input, at 96 pixels a cell.
    expect([width > 12 * 96, height > 8 * 96, channels >= 3]).toEqual([true, true, true]);
    const [headings, , ...rows] = stdout.split('\n');
    expect(headings).toMatch(/^method +group +true pixels found +time a sample$/);
    expect(rows.findIndex((row) => row === '')).toBe(DEMO.methods.length);
    const shares = rows.slice(0, DEMO.methods.length).map((row) => Number(/(\d+) %/.exec(row)![1]));
    // A random map finds 9 % of the pixels that are truly relevant.
    for (const share of shares) expect(share).toBeGreaterThan(20);
    expect(stdout).toContain('2000 generated samples');
    expect(Number(/(\d+) % of them classified right/.exec(stdout)![1])).toBeGreaterThan(90);
    expect(stderr).toMatch(/^fit {2}2000\/2000 {2}100%/m);
  });

  test('toy prints numbers beside their closed forms and draws a figure', async () => {
    const { stdout } = await runExamples('toy');
    expect(stdout).toContain('0 of 114 lie further than 3 standard errors');
    expect(stdout).toMatch(/^distractor at 135°.* w, component 2 +1\.00000 .* 1\.00000/m);
    const svg = readFileSync(join(folder, 'toy', 'figure2.svg'), 'utf8');
    for (const words of ['distractor at 67.5°', 'w = (1.00, −0.41)', 'a = (1.00, 0.00)'])
      expect(svg).toContain(words);
    const { width, height } = await sharp(join(folder, 'toy', 'figure2.png')).metadata();
    expect(width).toBeGreaterThan(1200);
    expect(height).toBeGreaterThan(600);
  });

  test('toy prints the same numbers as JSON', async () => {
    const { stdout } = await succeed(
      ['toy', '--json', '--samples', 200, '--seed', 3, '--out', 'toy-json'],
      { cwd: folder },
    );
    const { seed, samples, rows } = JSON.parse(stdout) as {
      seed: number;
      samples: number;
      rows: { quantity: string; measured: number; closedForm: number; z: number | null }[];
    };
    expect([seed, samples, rows.length]).toEqual([3, 200, 114]);
    const weight = rows.find(({ quantity }) => quantity === 'w, component 2')!;
    expect(weight.measured).toBeCloseTo(-1, 6);
    expect(weight.z).toBeNull();
  });

  test('inspect', async () => {
    expect((await runExamples('inspect')).stdout).toContain('conv1.weight');
  });

  test('fit', async () => {
    await runExamples('fit');
    expect(files()).toContain('default.safetensors');
  });

  test('merge', async () => {
    const { stderr } = await runExamples('merge');
    expect(stderr).toContain('from 2000 samples: both.safetensors');
    expect(files()).toContain('both.safetensors');
  });

  test('explain', async () => {
    await runExamples('explain');
    const json = readFileSync(join(folder, 'explained', 'explanations.json'), 'utf8');
    const entries = JSON.parse(json) as { method: string; samples: unknown[] }[];
    expect(entries.map(({ method, samples }) => [method, samples.length])).toEqual([
      ['gradient', 4],
      ['guided-backprop', 4],
    ]);
  });

  test('export', async () => {
    await runExamples('export');
    expect(files()).toContain('explainer.onnx');
  });

  test('bench', async () => {
    const { stdout } = await runExamples('bench');
    const [, , ...rows] = stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split(/ +/).slice(0, 2))).toEqual([
      ['onnx:node', 'gradient'],
      ['onnx:node', 'guided-backprop'],
    ]);
  });
});
