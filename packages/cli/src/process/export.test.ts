import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArray, relativeL2, someNumbers, writeArray } from '../testing/arrays.js';
import { linearModel } from '../testing/linear-model.js';
import { runPython, testWithPython } from '../testing/python.js';
import { refuse, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();
const file = (...names: string[]): string => join(folder, ...names);
const options = { cwd: folder };

/** Checks an explainer, runs it on arrays and a target, and keeps its relevance beside it. */
const SCRIPT = `
import json, sys
import numpy as np, onnx, onnxruntime as ort
path, feeds = sys.argv[1], json.loads(sys.argv[2])
onnx.checker.check_model(path, full_check=True)
model = onnx.load(path)
session = ort.InferenceSession(path, providers=['CPUExecutionProvider'])
given = {k: (np.load(v) if isinstance(v, str) else np.array(v, 'int64')) for k, v in feeds.items()}
names = [o.name for o in session.get_outputs()]
results = dict(zip(names, session.run(None, given)))
for k, v in results.items():
    if v.dtype == np.float32:
        np.save(path + '.' + k.replace(':', '_').replace('/', '_') + '.npy', v)
print(json.dumps({
  'opset': [[o.domain, o.version] for o in model.opset_import], 'ir': model.ir_version,
  'inputs': [[i.name, i.type] for i in session.get_inputs()],
  'outputs': [[o.name, o.type] for o in session.get_outputs()],
  'shapes': {k: list(v.shape) for k, v in results.items()},
  'target_used': results['target_used'].tolist(), 'exponent': results['exponent'].tolist()}))`;

interface Ran {
  opset: [string, number][];
  ir: number;
  inputs: [string, string][];
  outputs: [string, string][];
  shapes: Record<string, number[]>;
  target_used: number[];
  exponent: number[];
}

const run = (name: string, feeds: Record<string, string | number[]>): Ran =>
  runPython(SCRIPT, [file(name), JSON.stringify(feeds)]) as Ran;

const explained = async (
  out: string,
  name: string,
  args: (string | number)[],
): Promise<ArrayLike<number>> => {
  await succeed(['explain', ...args, '--no-pictures', '--out', out], options);
  return (await readArray(file(out, name))).data;
};

beforeAll(async () => {
  writeArray(file('batch.npy'), someNumbers(3 * 768), [3, 3, 16, 16]);
  const fit = [
    'fit',
    'default',
    '--data',
    'generated',
    '--limit',
    80,
    '--out',
    'patterns.safetensors',
  ];
  await succeed(fit, options);
});

describe('an explainer', () => {
  const METHODS: [string, string[]][] = [
    ['gradient', []],
    ['guided-backprop', ['--start', 'value']],
    ['lrp-alpha2-beta1', []],
    ['pattern-attribution', ['--patterns', 'patterns.safetensors']],
  ];

  for (const [method, more] of METHODS) {
    testWithPython(`${method} in ONNX Runtime of Python is explain's array`, async () => {
      const name = `${method}.onnx`;
      const { stdout, stderr } = await succeed(
        ['export', 'default', '--method', method, ...more, '--out', name],
        options,
      );
      expect({ stdout, stderr }).toEqual({
        stdout: '',
        stderr: `${method} as an explainer: ${name}\n`,
      });
      const ran = run(name, { image: file('batch.npy'), target: [-1, -1, 2] });
      expect(ran.opset).toEqual([['', 17]]);
      expect(ran.ir).toBe(8);
      expect(ran.inputs).toEqual([
        ['image', 'tensor(float)'],
        ['target', 'tensor(int64)'],
      ]);
      expect(ran.outputs).toEqual([
        ['relevance', 'tensor(float)'],
        ['output', 'tensor(float)'],
        ['target_used', 'tensor(int64)'],
        ['exponent', 'tensor(int32)'],
      ]);
      expect(ran.shapes).toEqual({
        relevance: [3, 3, 16, 16],
        output: [3, 4],
        target_used: [3],
        exponent: [3],
      });
      expect(ran.exponent).toEqual([0, 0, 0]);

      const args = ['default', 'batch.npy', '--method', method, ...more];
      const top = await explained(`${method}-top`, `batch.${method}.npy`, args);
      const two = await explained(`${method}-two`, `batch.${method}.npy`, [...args, '--target', 2]);
      const actual = (await readArray(`${file(name)}.relevance.npy`)).data;
      const scores = (await readArray(`${file(name)}.output.npy`)).data;
      const best = [0, 1].map((row) => {
        const line = Array.from(scores.subarray(row * 4, row * 4 + 4));
        return line.indexOf(Math.max(...line));
      });
      expect(ran.target_used).toEqual([...best, 2]);
      const expected = [...Array.from(top).slice(0, 2 * 768), ...Array.from(two).slice(2 * 768)];
      expect(relativeL2(actual, expected)).toBeLessThan(1e-5);
    });
  }

  testWithPython('of neurons of a layer', async () => {
    await succeed(
      ['export', 'default', '--method', 'gradient', '--target', 'conv2/5', '--out', 'neuron.onnx'],
      options,
    );
    run('neuron.onnx', { image: file('batch.npy'), target: [-1, -1, -1] });
    const args = ['default', 'batch.npy', '--method', 'gradient', '--target', 'conv2/5'];
    const known = await explained('neuron', 'batch.gradient.npy', args);
    expect(
      relativeL2((await readArray(`${file('neuron.onnx')}.relevance.npy`)).data, known),
    ).toBeLessThan(1e-5);
  });

  testWithPython('of several inputs, one of them named as our own', async () => {
    const inputs = { target: 2, right: 1 };
    writeFileSync(
      file('two.onnx'),
      linearModel({
        inputs,
        weights: [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
        bias: [0, 1],
      }),
    );
    writeArray(file('a.npy'), [1, 1, -2, -1], [2, 2]);
    writeArray(file('b.npy'), [1, -3], [2, 1]);
    await succeed(['export', 'two.onnx', '--method', 'gradient', '--out', 'both.onnx'], options);
    const ran = run('both.onnx', {
      target: file('a.npy'),
      right: file('b.npy'),
      patternlens_target: [-1, -1],
    });
    expect(ran.inputs.map(([name]) => name)).toEqual(['target', 'right', 'patternlens_target']);
    expect(ran.outputs.map(([name]) => name)).toEqual([
      'relevance:target',
      'relevance:right',
      'output',
      'target_used',
      'exponent',
    ]);
    // 1 + 2 + 3 < 4 + 5 + 6 + 1, but -2 - 2 - 9 > -8 - 5 - 18 + 1.
    expect(ran.target_used).toEqual([1, 0]);
    expect([...(await readArray(`${file('both.onnx')}.relevance_target.npy`)).data]).toEqual([
      4, 5, 1, 2,
    ]);
    expect([...(await readArray(`${file('both.onnx')}.relevance_right.npy`)).data]).toEqual([6, 3]);
  });
});

test('methods that there are none of are refused, and nothing is written', async () => {
  const args = ['export', 'default', '--out', 'never.onnx', '--method'];
  await refuse([...args, 'gradeint'], 2, ['Did you mean "gradient"?'], options);
  await refuse(
    [...args, 'gradient', '--target', 'conv1/9'],
    2,
    ['channel 9 of layer "conv1"'],
    options,
  );
  expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([]);
});
