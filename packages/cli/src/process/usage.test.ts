import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasStack, refuse, runCli, succeed } from '../testing/run-cli.js';
import { contentsOf, scratch } from '../testing/scratch.js';

jest.setTimeout(60_000);

const folder = scratch();
const COMMANDS = ['demo', 'toy', 'inspect', 'fit', 'merge', 'explain', 'export', 'bench'];

describe('help and version', () => {
  test('lists every command on stdout', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  test('the version is the one of the package', async () => {
    const file = join(__dirname, '../../package.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    expect((await succeed(['--version'])).stdout).toBe(`${version}\n`);
  });

  test('without a command the help goes to stderr', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: patternlens');
  });
});

const explain = ['explain', 'default', 'generated', '--out', 'out'];
const fit = ['fit', 'default', '--data', 'generated', '--out', 'out.safetensors'];

const MISUSED: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['inspct', 'default'],
    ["unknown command 'inspct'", 'Did you mean inspect?'],
  ],
  [
    ['toy', '--samples', '5'],
    ['--samples', 'at least 100', '"5"'],
  ],
  [
    ['toy', '--seed', '-1'],
    ['--seed', 'at least 0'],
  ],
  [['inspect'], ["missing required argument 'MODEL'"]],
  [
    ['inspect', 'default', '--jsn'],
    ["unknown option '--jsn'", 'Did you mean "--json"?'],
  ],
  [['inspect', 'default', 'more'], ["too many arguments for 'inspect'"]],
  [
    ['explain', 'default', 'generated', '--metod', 'gradient'],
    ["unknown option '--metod'", 'Did you mean "--method"?'],
  ],
  // What is misspelt is not said to be missing.
  [
    ['bench', 'default', 'generated', '--metod=gradient'],
    ["unknown option '--metod=gradient'", 'Did you mean "--method"?'],
  ],
  [['bench', 'default', 'generated'], ["required option '--method <ID,...>' not specified"]],
  [
    ['explain', 'default', '--out', 'out', '--method', 'gradient'],
    ['nothing to read', 'generated'],
  ],
  [
    [...explain, '--method', 'gradeint'],
    ['"gradeint"', 'Did you mean "gradient"?'],
  ],
  [
    [...explain, '--method', ''],
    ['a method is missing', 'pattern-attribution'],
  ],
  [
    [...explain, '--method', 'lrp-epsilon:epsilom=1'],
    ['"epsilom"', 'Did you mean "epsilon"?'],
  ],
  [
    [...explain, '--method', 'lrp-epsilon:epsilon=big'],
    ['epsilon must be a number', '"big"'],
  ],
  [
    [...explain, '--method', 'lrp-epsilon:epsilon'],
    ['NAME=VALUE', '"epsilon"'],
  ],
  [
    [...explain, '--method', 'pattern-net'],
    ['pattern-net', 'needs patterns', '--patterns'],
  ],
  [[...explain, '--method', 'pattern-net:estimator=linaer'], ['Did you mean "linear"?']],
  [[...explain, '--method', 'gradient', '--backend', 'onnx:nod'], ['Did you mean "onnx:node"?']],
  [
    [...explain, '--method', 'gradient', '--start', 'two'],
    ['--start', 'one or value', '"two"'],
  ],
  [
    [...explain, '--method', 'gradient', '--limit', '0'],
    ['--limit', 'at least 1', '"0"'],
  ],
  [
    [...explain, '--method', 'gradient', '--batch', 'x'],
    ['--batch', 'whole number', '"x"'],
  ],
  [
    [...explain, '--method', 'gradient', '--target', '4'],
    ['class 4', 'There are 4: 0 to 3'],
  ],
  [
    [...explain, '--method', 'gradient', '--target', 'best'],
    ['--target', 'LAYER/CHANNEL', '"best"'],
  ],
  [
    [...explain, '--method', 'gradient', '--target', 'conv1/8'],
    ['channel 8 of layer "conv1"', '0 to 7'],
  ],
  [
    [...explain, '--method', 'gradient', '--target', 'cnv1/0'],
    ['no layer "cnv1"', 'conv1'],
  ],
  [[...explain, '--method', 'gradient', '--input', 'image=generated'], ['not both']],
  [
    ['explain', 'default', '--out', 'out', '--method', 'gradient', '--input', 'picture=generated'],
    ['"picture"', 'image'],
  ],
  [
    ['explain', 'default', '--out', 'out', '--method', 'gradient', '--input', 'image'],
    ['NAME=SOURCE'],
  ],
  [
    ['explain', 'default', 'generated:sed=7', '--out', 'out', '--method', 'gradient'],
    ['generated:seed=7', '"sed=7"'],
  ],
  [
    ['inspect', 'default', '--shape', 'image=3,x'],
    ['--shape', 'INPUT=SIZE'],
  ],
  [['fit', 'default', '--data', 'generated'], ["'--out <FILE.safetensors>' not specified"]],
  [['fit', 'default', '--out', 'out.safetensors'], ['nothing to read']],
  [
    [...fit, '--shard', '3/2'],
    ['--shard', 'I from 1 to N', '"3/2"'],
  ],
  [
    [...fit, '--shard', '0/2'],
    ['--shard', '"0/2"'],
  ],
  [
    [...fit, '--limit', '0'],
    ['--limit', 'at least 1'],
  ],
  [
    [...fit, '--limit', '1.5'],
    ['--limit', '"1.5"'],
  ],
  [
    [...fit, '--batch', 'x'],
    ['--batch', '"x"'],
  ],
  [
    [...fit, '--memory', '2XB'],
    ['--memory', '500MB', '"2XB"'],
  ],
  [
    [...fit, '--estimator', 'lineer'],
    ['"lineer"', 'Did you mean "linear"?'],
  ],
  [[...fit, '--backend', 'refrence'], ['Did you mean "reference"?']],
  [['merge', 'one.safetensors', '--out', 'out.safetensors'], ['at least two']],
  [['export', 'default', '--method', 'gradient,deconvnet', '--out', 'out.onnx'], ['one method']],
  [
    ['export', 'default', '--method', 'gradient', '--target', '1', '--out', 'out.onnx'],
    ['an input of the explainer'],
  ],
  [
    ['export', 'default', '--method', 'pattern-attribution', '--out', 'out.onnx'],
    ['needs patterns'],
  ],
  [
    ['bench', 'default', 'generated', '--method', 'gradient', '--runs', '-1'],
    ['--runs', 'at least 0'],
  ],
  [
    ['bench', 'default', 'generated', '--method', 'gradient', '--fail-above', 'x'],
    ['--fail-above', '"x"'],
  ],
  [
    [
      'bench',
      'default',
      'generated',
      '--method',
      'gradient',
      '--fail-above',
      '1',
      '--no-agreement',
    ],
    ['--no-agreement'],
  ],
];

describe('what is typed wrong', () => {
  test.each(MISUSED)('%j ends with 2 and a sentence', async (args, parts) => {
    await refuse(args, 2, parts, { cwd: folder });
    expect(contentsOf(folder)).toEqual({});
  });
});

describe('backends that cannot run here', () => {
  test.each([
    ['onnx:webgpu', 'onnx:node'],
    ['tfjs:webgl', 'tfjs:wasm'],
    ['gpujs:webgl2', 'gpujs:cpu'],
  ])('%s is an error, never replaced', async (id, instead) => {
    const method = ['--method', 'gradient', '--backend', id];
    const parts = [id, 'browsers only', instead];
    await refuse([...explain, ...method], 1, parts, { cwd: folder });
    await refuse(['bench', 'default', 'generated', ...method], 1, parts, { cwd: folder });
    await refuse([...fit, '--backend', id], 1, parts, { cwd: folder });
    expect(contentsOf(folder)).toEqual({});
  });
});

describe('--debug', () => {
  const args = ['inspect', 'missing.onnx'];

  test('shows where an error came from, once', async () => {
    const { code, stderr } = await runCli([...args, '--debug'], { cwd: folder });
    expect(code).toBe(3);
    expect(hasStack(stderr)).toBe(true);
    expect(stderr.match(/^PatternLensError: /gm)).toHaveLength(1);
  });

  test('may stand before the command', async () => {
    expect(hasStack((await runCli(['--debug', ...args], { cwd: folder })).stderr)).toBe(true);
  });
});

describe('readers that go away', () => {
  test('stdout may be closed before anything is written', async () => {
    const { code, stderr } = await runCli(['inspect', 'default', '--json'], { closeStdout: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

test('the list of commands shows each as its own help does', async () => {
  const list = (await succeed(['--help'])).stdout;
  for (const name of COMMANDS) {
    const [usage] = (await succeed([name, '--help'])).stdout.split('\n');
    expect(list).toContain(`  ${usage!.replace('Usage: patternlens ', '')}  `);
  }
});
