import { readdirSync } from 'node:fs';
import { refuse, runCli } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();

/** Files and folders below the folder that are no result: passing names, and folders that were never filled in. */
const leftovers = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.split(/[/\\]/).some((name) => name.startsWith('.')),
  );

const data = ['default', 'generated', '--limit', '4'];
const layer = ['--layer', 'conv2'];

const NO_BACKEND: readonly (readonly string[])[] = [
  ['demo', '--out', 'out'],
  ['fit', 'default', '--data', 'generated', '--limit', '8', '--out', 'out/fit.safetensors'],
  ['explain', ...data, '--method', 'gradient', '--out', 'out'],
  ['activations', ...data, ...layer, '--out', 'out'],
  ['occlusion', ...data, ...layer, '--out', 'out'],
  ['bench', 'default', 'generated', '--method', 'gradient', '--report', 'out/report.json'],
  ['evaluate', ...data, '--metrics', 'quality', '--out', 'out'],
];

test.each(NO_BACKEND)(
  '%s leaves nothing behind where its backend cannot be had',
  async (...args) => {
    await refuse([...args, '--backend', 'gpujs:webgl2'], 1, ['browsers only'], { cwd: folder });
    expect(leftovers()).toEqual([]);
  },
);

const LONG: readonly (readonly [string, readonly string[], string])[] = [
  ['explain', ['--method', 'smoothgrad', '--limit', '5000'], 'explain  '],
  ['activations', [...layer, '--limit', '20000'], 'search  '],
  ['occlusion', [...layer, '--stride', '1', '--limit', '5000'], 'occlusion  '],
  ['evaluate', ['--metrics', 'quality', '--limit', '6000'], 'evaluate  '],
];

test.each(LONG)(
  '%s leaves nothing behind where it is interrupted',
  async (command, more, begun) => {
    const args = [command, 'default', 'generated', ...more, '--out', 'out'];
    const { code } = await runCli(args, {
      cwd: folder,
      interruptAt: (said) => said.includes(begun),
    });
    expect(code).toBe(130);
    expect(leftovers()).toEqual([]);
  },
);

test.each(LONG)(
  '%s leaves nothing behind where it is ended at once',
  async (command, more, begun) => {
    const args = [command, 'default', 'generated', ...more, '--out', 'out'];
    const { code } = await runCli(args, {
      cwd: folder,
      interruptAt: (said) => said.includes(begun),
      interrupts: 2,
    });
    expect(code).toBe(130);
    expect(leftovers()).toEqual([]);
  },
);

test('a command that does not ask for interrupts ends by one, with a sentence', async () => {
  const { code, stdout, stderr } = await runCli(['demo', '--out', 'out'], {
    cwd: folder,
    interruptAt: (said) => said.includes('fit  '),
  });
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toMatch(/^patternlens: interrupted\.$/m);
  expect(leftovers()).toEqual([]);
});
