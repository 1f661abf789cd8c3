import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { METHODS } from '@patternlens/core';
import { linearModel } from '../testing/linear-model.js';
import { succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';
import { describeWithData, sharedFile } from '../testing/shared-data.js';

jest.setTimeout(60_000);

const folder = scratch();

interface Report {
  format: string;
  inputs: { name: string; shape: (number | string)[] }[];
  outputs: { name: string; shape: (number | string)[] | null; explained: boolean }[];
  layers: Record<string, unknown>[];
  parameters: number;
  macs: number;
  changes: string[];
  methods: Record<string, { supported: boolean; problems: { layer: string; reason: string }[] }>;
}

async function inspect(model: string): Promise<Report> {
  const { stdout, stderr } = await succeed(['inspect', model, '--json'], { cwd: folder });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Report;
}

describe('the bundled network', () => {
  test('--json has every field of the contract', async () => {
    const report = await inspect('default');
    expect(report).toMatchObject({
      format: 'onnx',
      inputs: [{ name: 'image', shape: ['N', 3, 16, 16] }],
      outputs: [{ name: 'probabilities', shape: ['N', 4], explained: true }],
      parameters: 17_324,
      // 27 x 8 x 256 + 72 x 16 x 256 + 144 x 24 x 64 + 384 x 32 + 32 x 4
      macs: 583_808,
      changes: ['final softmax "softmax" cut'],
    });
    expect(report.layers).toContainEqual({
      name: 'conv2',
      kind: 'convolution',
      inputShape: ['N', 8, 16, 16],
      outputShape: ['N', 16, 16, 16],
      weights: 'conv2.weight',
      parameters: 72 * 16 + 16,
      macs: 72 * 16 * 256,
    });
    for (const layer of report.layers)
      expect(Object.keys(layer).sort()).toEqual(
        ['inputShape', 'kind', 'macs', 'name', 'outputShape', 'parameters', 'weights'].sort(),
      );
    expect(report.layers.find(({ kind }) => kind === 'rectifier')).toMatchObject({
      weights: null,
      parameters: 0,
      macs: 0,
    });
    expect(Object.keys(report.methods)).toEqual(METHODS.map(({ id }) => id));
    for (const method of Object.values(report.methods))
      expect(method).toMatchObject({ supported: true, problems: [] });
  });

  test('the text says the same in words, without colours where nobody looks', async () => {
    const { stdout } = await succeed(['inspect', 'default'], { cwd: folder });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('default  onnx, 17,324 parameters, 583,808 multiplications a sample');
    expect(lines[1]).toBe('inputs   image [N, 3, 16, 16]');
    expect(stdout).toMatch(
      /^conv3 +convolution +\[N, 16, 8, 8\] +\[N, 24, 8, 8\] +conv3\.weight +3,480 +221,184$/m,
    );
    expect(stdout).toMatch(/^pattern-attribution +yes$/m);
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\x1b\r]/);
  });
});

test('a network of two inputs', async () => {
  writeFileSync(
    join(folder, 'two.onnx'),
    linearModel({ inputs: { a: 2, b: 1 }, weights: [[1], [2], [3]], bias: [0] }),
  );
  const { inputs, outputs, layers } = await inspect('two.onnx');
  expect(inputs).toEqual([
    { name: 'a', shape: ['N', 2] },
    { name: 'b', shape: ['N', 1] },
  ]);
  expect(outputs).toEqual([{ name: 'scores', shape: ['N', 1], explained: true }]);
  expect(layers.map(({ name, kind, parameters, macs }) => [name, kind, parameters, macs])).toEqual([
    ['join', 'concat', 0, 0],
    ['score', 'dense', 4, 3],
  ]);
});

describeWithData('real models', () => {
  test.each([
    ['mnist-cnn.onnx', 52_138],
    ['mnist-mlp.onnx', 109_386],
    ['mini-vgg.torchscript.onnx', 12_850],
  ])('%s has %i parameters', async (name, parameters) => {
    const report = await inspect(sharedFile('models', name));
    expect(report.parameters).toBe(parameters);
    expect(report.layers.reduce((sum, layer) => sum + (layer['parameters'] as number), 0)).toBe(
      parameters,
    );
  });
});
