import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource } from '@patternlens/core';
import { readSafetensors, type SafetensorsFile } from '@patternlens/core/patterns';
import { relativeL2, someNumbers, writeArray } from '../testing/arrays.js';
import { linearModel } from '../testing/linear-model.js';
import { runPython, testWithPython } from '../testing/python.js';
import { refuse, runCli, succeed } from '../testing/run-cli.js';
import { contentsOf, scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();
const file = (name: string): string => join(folder, name);
const options = { cwd: folder };
const LIMIT = 160;

const fit = (out: string, ...more: (string | number)[]): (string | number)[] => [
  ...['fit', 'default', '--data', 'generated', '--limit', LIMIT, '--out', out],
  ...more,
];

const open = (name: string): Promise<SafetensorsFile> =>
  readSafetensors(bytesSource(new Uint8Array(readFileSync(file(name)))));

async function valuesOf(
  stored: SafetensorsFile,
  name: string,
): Promise<Float32Array | Float64Array> {
  const tensor = stored.tensors.get(name)!;
  const { buffer } = await tensor.read();
  if (tensor.type === 'F32') return new Float32Array(buffer);
  return tensor.type === 'F64'
    ? new Float64Array(buffer)
    : Float64Array.from(new BigInt64Array(buffer), Number);
}

/** Expects two pattern files to hold the same tensors, all but the accidental order of sums. */
async function expectSame(actual: string, whole: string, names?: readonly string[]): Promise<void> {
  const [a, b] = [await open(actual), await open(whole)];
  if (names === undefined)
    expect([...a.tensors.keys()].sort()).toEqual([...b.tensors.keys()].sort());
  // Sums of float64 in another order differ by a rounding; what is rounded to float32 from them, by one of its own.
  for (const name of names ?? b.tensors.keys()) {
    const limit = b.tensors.get(name)!.type === 'F32' ? 1e-7 : 1e-12;
    const [left, right] = [await valuesOf(a, name), await valuesOf(b, name)];
    if (right.every((value) => value === 0)) expect(left).toEqual(right);
    else expect(relativeL2(left, right)).toBeLessThanOrEqual(limit);
  }
}

let whole: Awaited<ReturnType<typeof succeed>>;

beforeAll(async () => {
  whole = await succeed(fit('whole.safetensors'), options);
});

describe('fit', () => {
  test('a table of layers on stdout', () => {
    const lines = whole.stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^layer +neurons +samples and positions +never fired +fired below 10 times$/,
    );
    // conv1 sees every position of a 16 x 16 image, dense2 one a sample.
    expect(lines[2]).toMatch(new RegExp(`^conv1 +8 +${LIMIT * 256} +\\d+ +\\d+$`));
    expect(lines.at(-1)).toMatch(new RegExp(`^dense2 +4 +${LIMIT} +\\d+ +\\d+$`));
  });

  test('plain lines of progress where nobody looks', () => {
    const lines = whole.stderr.trimEnd().split('\n');
    expect(lines[0]).toBe(`backend onnx:node, ${LIMIT} samples`);
    const shares = lines.filter((line) => line.startsWith('fit  '));
    expect(shares.length).toBeGreaterThanOrEqual(10);
    expect(shares.length).toBeLessThanOrEqual(12);
    expect(shares.at(-1)).toMatch(/^fit {2}160\/160 {2}100% {2}[\d,.]+ images\/s$/);
    expect(whole.stderr).not.toContain('0.00 images/s');
    expect(lines.at(-1)).toBe(`patterns of 5 layers from ${LIMIT} samples: whole.safetensors`);
    // eslint-disable-next-line no-control-regex
    expect(whole.stdout + whole.stderr).not.toMatch(/[\x1b\r]/);
    expect(existsSync(file('whole.safetensors.partial'))).toBe(false);
  });

  test('tensors by the names, types and shapes of the contract', async () => {
    const { tensors, metadata } = await open('whole.safetensors');
    const shapes: Record<string, number[]> = {
      conv1: [8, 3, 3, 3],
      conv2: [16, 8, 3, 3],
      conv3: [24, 16, 3, 3],
      dense1: [384, 32],
      dense2: [32, 4],
    };
    const report = await succeed(['inspect', 'default', '--json'], options);
    const { layers } = JSON.parse(report.stdout) as {
      layers: { name: string; weights: string | null }[];
    };
    expect(layers.filter(({ weights }) => weights !== null).map(({ name }) => name)).toEqual(
      Object.keys(shapes),
    );
    for (const [layer, shape] of Object.entries(shapes)) {
      for (const kind of ['linear', 'positive', 'negative']) {
        const stored = tensors.get(`${layer}/${kind}`)!;
        expect([stored.type, [...stored.shape].sort()]).toEqual(['F32', [...shape].sort()]);
      }
      expect(tensors.get(`${layer}/count`)).toMatchObject({
        type: 'I64',
        shape: [layer.startsWith('conv') ? shape[0] : shape[1]],
      });
      expect(tensors.get(`moments/${layer}/xy`)?.type).toBe('F64');
    }
    expect(metadata['format']).toBe('patternlens-patterns');
  });

  test('w a = 1 for every neuron that fired', async () => {
    const stored = await open('whole.safetensors');
    const weights = await valuesOf(stored, 'moments/conv1/weights');
    const pattern = await valuesOf(stored, 'conv1/linear');
    const each = 27;
    for (let neuron = 0; neuron < 8; neuron++) {
      let sum = 0;
      for (let at = neuron * each; at < (neuron + 1) * each; at++)
        sum += weights[at]! * pattern[at]!;
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  test('one estimator gives only its directions, and the same', async () => {
    await succeed(fit('linear.safetensors', '--estimator', 'linear'), options);
    const { tensors } = await open('linear.safetensors');
    const kinds = new Set([...tensors.keys()].map((name) => name.split('/').at(-1)!));
    expect(kinds).toContain('linear');
    expect(kinds).not.toContain('positive');
    await expectSame('linear.safetensors', 'whole.safetensors', [
      'conv1/linear',
      'dense2/linear',
      'conv2/count',
    ]);
    const args = ['explain', 'default', 'generated', '--method', 'pattern-net', '--out', 'out'];
    await refuse(
      [...args, '--patterns', 'linear.safetensors'],
      2,
      ['no "positive" direction'],
      options,
    );
  });

  test('neither the batch nor the memory changes a bit of it', async () => {
    await succeed(fit('batch.safetensors', '--batch', 50), options);
    expect(readFileSync(file('batch.safetensors'))).toEqual(
      readFileSync(file('whole.safetensors')),
    );
    const { stderr } = await succeed(fit('memory.safetensors', '--memory', '200kB'), options);
    expect(stderr).toMatch(/exceed the memory limit: \d+ passes over the data/);
    await expectSame('memory.safetensors', 'whole.safetensors');
    expect(Object.keys(contentsOf(folder)).filter((name) => name.includes('.partial'))).toEqual([]);
  });

  test('without moments it is smaller and holds the same patterns', async () => {
    await succeed(fit('bare.safetensors', '--no-moments'), options);
    const { tensors } = await open('bare.safetensors');
    expect([...tensors.keys()].filter((name) => name.startsWith('moments/'))).toEqual([]);
    await expectSame('bare.safetensors', 'whole.safetensors', [...tensors.keys()]);
    const args = ['merge', 'bare.safetensors', 'whole.safetensors', '--out', 'not.safetensors'];
    await refuse(args, 3, ['without their moments', '--no-moments'], options);
    expect(existsSync(file('not.safetensors'))).toBe(false);
  });
});

describe('shards', () => {
  test('merged are the whole', async () => {
    await succeed(fit('one.safetensors', '--shard', '1/2'), options);
    await succeed(fit('two.safetensors', '--shard', '2/2'), options);
    const { stdout, stderr } = await succeed(
      ['merge', 'one.safetensors', 'two.safetensors', '--out', 'both.safetensors'],
      options,
    );
    expect({ stdout, stderr }).toEqual({
      stdout: '',
      stderr: `patterns of 5 layers from ${LIMIT} samples: both.safetensors\n`,
    });
    await expectSame('both.safetensors', 'whole.safetensors');
  });

  test('one that has nothing to do merges like any other', async () => {
    const few = (out: string, shard: string) => [
      'fit',
      'default',
      '--data',
      'generated',
      '--limit',
      8,
      '--shard',
      shard,
      '--out',
      out,
    ];
    await succeed(few('full.safetensors', '1/2'), options);
    await succeed(few('void.safetensors', '2/2'), options);
    await succeed(
      ['merge', 'full.safetensors', 'void.safetensors', '--out', 'sum.safetensors'],
      options,
    );
    await expectSame('sum.safetensors', 'full.safetensors');
  });
});

describe('an interrupted fit', () => {
  const args = [
    'fit',
    'default',
    '--data',
    'generated',
    '--limit',
    960,
    '--estimator',
    'linear',
    '--out',
  ];

  test('goes on where it stopped, and ends in the same file', async () => {
    const stopped = await runCli([...args, 'parts.safetensors'], {
      ...options,
      interruptAt: (stderr) => stderr.includes('  20%'),
    });
    expect({ code: stopped.code, stdout: stopped.stdout }).toEqual({ code: 130, stdout: '' });
    expect(stopped.stderr).toMatch(
      /^patternlens: interrupted.*"parts.safetensors.partial".*--resume\.$/m,
    );
    expect(existsSync(file('parts.safetensors'))).toBe(false);
    expect(existsSync(file('parts.safetensors.partial'))).toBe(true);

    await refuse(
      [...args, 'parts.safetensors'],
      2,
      ['"parts.safetensors.partial"', '--resume'],
      options,
    );
    const other = [
      'fit',
      'default',
      '--data',
      'generated',
      '--limit',
      968,
      '--resume',
      '--out',
      'parts.safetensors',
    ];
    await refuse(other, 3, ['"parts.safetensors.partial"', 'another data', 'Delete it'], options);

    const resumed = await succeed([...args, 'parts.safetensors', '--resume'], options);
    expect(resumed.stderr).toMatch(/^resuming after (19[2-9]|[2-8]\d\d|9[0-5]\d) samples$/m);
    expect(existsSync(file('parts.safetensors.partial'))).toBe(false);
    await succeed([...args, 'once.safetensors'], options);
    expect(readFileSync(file('parts.safetensors'))).toEqual(readFileSync(file('once.safetensors')));
  });

  test('refuses a checkpoint that is damaged', async () => {
    writeFileSync(
      file('hurt.safetensors.partial'),
      readFileSync(file('whole.safetensors')).subarray(0, 900),
    );
    const resume = [...args, 'hurt.safetensors', '--resume'];
    await refuse(resume, 3, ['"hurt.safetensors.partial"', 'damaged', 'Delete it'], options);
    writeFileSync(file('hurt.safetensors.partial'), readFileSync(file('whole.safetensors')));
    await refuse(
      resume,
      3,
      ['"hurt.safetensors.partial"', 'not a checkpoint', 'Delete it'],
      options,
    );
  });
});

describe('pattern files that cannot be used', () => {
  const explain = [
    'explain',
    'default',
    'generated',
    '--limit',
    2,
    '--method',
    'pattern-net',
    '--out',
    'never',
  ];
  const parts = (name: string): [string, readonly (string | number)[]][] => [
    ['explain', [...explain, '--patterns', name]],
    [
      'export',
      ['export', 'default', '--method', 'pattern-net', '--patterns', name, '--out', 'never.onnx'],
    ],
    ['merge', ['merge', 'whole.safetensors', name, '--out', 'never.safetensors']],
  ];

  test('of another network: the first layer that differs is named', async () => {
    writeFileSync(
      file('linear.onnx'),
      linearModel({ inputs: { x: 2 }, weights: [[1], [2]], bias: [0] }),
    );
    writeArray(file('rows.npy'), someNumbers(32), [16, 2]);
    await succeed(
      ['fit', 'linear.onnx', '--data', 'rows.npy', '--out', 'other.safetensors'],
      options,
    );
    for (const [command, args] of parts('other.safetensors'))
      await refuse(
        args,
        3,
        [
          command === 'merge' ? '"other.safetensors"' : 'another network',
          '"conv1"',
          '"score" there',
        ],
        options,
      );
  });

  test.each<[string, (bytes: Buffer) => Uint8Array | string, string]>([
    ['header.safetensors', (bytes) => bytes.subarray(0, 500), 'cut'],
    ['tail.safetensors', (bytes) => bytes.subarray(0, bytes.length - 1), 'cut'],
    ['text.safetensors', () => 'these are no patterns', 'not a safetensors file'],
    ['empty.safetensors', () => '', 'empty'],
  ])('%s', async (name, damage, why) => {
    writeFileSync(file(name), damage(readFileSync(file('whole.safetensors'))));
    await refuse(parts(name)[0]![1], 3, [`"${name}"`, why], options);
  });

  test('a file that is not there', async () => {
    for (const [, args] of parts('absent.safetensors'))
      await refuse(args, 3, ['"absent.safetensors"', 'no such file'], options);
  });

  test('nothing was written meanwhile', () => {
    expect(Object.keys(contentsOf(folder)).filter((name) => name.startsWith('never'))).toEqual([]);
  });
});

testWithPython('Python reads a pattern file', async () => {
  const script = `
import json, sys
from safetensors import safe_open
with safe_open(sys.argv[1], 'np') as f:
    t = {k: f.get_tensor(k) for k in f.keys()}
print(json.dumps({k: [str(v.dtype), list(v.shape), float(v.astype('float64').sum())] for k, v in t.items()}))`;
  const read = runPython(script, [file('whole.safetensors')]) as Record<
    string,
    [string, number[], number]
  >;
  const opened = await open('whole.safetensors');
  expect(Object.keys(read).sort()).toEqual([...opened.tensors.keys()].sort());
  expect(read['conv1/positive']!.slice(0, 2)).toEqual(['float32', [8, 3, 3, 3]]);
  expect(read['conv1/count']!.slice(0, 2)).toEqual(['int64', [8]]);
  for (const name of ['conv1/positive', 'dense1/count', 'moments/dense2/xy']) {
    const sum = Array.from(await valuesOf(opened, name)).reduce((total, value) => total + value, 0);
    expect(read[name]![2]).toBeCloseTo(sum, 4);
  }
});
