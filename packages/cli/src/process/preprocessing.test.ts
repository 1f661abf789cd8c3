import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { preprocessingHash, presetPreprocessing } from '@patternlens/data';
import { recipeOfPng } from '@patternlens/heatmap';
import { ModelProtoSchema } from 'onnx-buf';
import sharp from 'sharp';
import { someNumbers, writeArray } from '../testing/arrays.js';
import { refuse, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();
const file = (...names: string[]): string => join(folder, ...names);
const options = { cwd: folder };
const AS_THEY_ARE = 'pixels 0..255 as they are; see --preprocess';
/** What `imagenet` is for the 16 x 16 pixels of the bundled network: 16 of 18. */
const imagenet = presetPreprocessing('imagenet', [16, 16]);

interface Entry {
  method: string;
  parameters: object;
  preprocessing: unknown;
  samples: { output: number }[];
}

beforeAll(async () => {
  const side = 18;
  const pixels = Uint8Array.from(someNumbers(side * side * 3), (value) => 128 + 127 * value);
  await sharp(pixels, { raw: { width: side, height: side, channels: 3 } }).toFile(file('p.png'));
  const [mean, std] = [imagenet.mean!, imagenet.std!];
  const made = Array.from({ length: 768 }, (_, at) => {
    const [channel, row, column] = [Math.floor(at / 256), Math.floor(at / 16) % 16, at % 16];
    const pixel = pixels[((row + 1) * side + column + 1) * 3 + channel]!;
    return (pixel / 255 - mean[channel]!) / std[channel]!;
  });
  writeArray(file('made.npy'), made, [1, 3, 16, 16]);
});

test('images without one are told of, in a line, in results and in pictures', async () => {
  const { stdout, stderr } = await succeed(['explain', 'default', 'p.png', '--json'], options);
  expect(stderr.split('\n').filter((line) => line.includes(AS_THEY_ARE))).toEqual([
    `1 image: ${AS_THEY_ARE}`,
  ]);
  expect(stderr).toContain('methods gradient, guided-backprop, epsilon-plus; name others');
  const entries = JSON.parse(stdout) as Entry[];
  expect(entries.map(({ method }) => method)).toEqual([
    'gradient',
    'guided-backprop',
    'epsilon-plus',
  ]);
  for (const { preprocessing } of entries)
    expect(preprocessing).toEqual({ name: 'none', values: {}, hash: preprocessingHash({}) });
  const recipe = recipeOfPng(readFileSync(file('explained', 'p.epsilon-plus.png')));
  expect(recipe).toMatchObject({ notes: [AS_THEY_ARE], preprocessing: {} });
});

test('a preset computes what its values say, and is recorded', async () => {
  const args = ['--no-pictures', '--json', '--method', 'gradient,occlusion'];
  const made = ['--preprocess', 'imagenet', '--out', 'preset'];
  const preset = await succeed(['explain', 'default', 'p.png', ...made, ...args], options);
  const array = await succeed(['explain', 'default', 'made.npy', ...args], options);
  const [entry, occlusion] = JSON.parse(preset.stdout) as Entry[];
  const [expected] = JSON.parse(array.stdout) as Entry[];
  expect(entry!.samples[0]!.output).toBeCloseTo(expected!.samples[0]!.output, 5);
  const values = JSON.parse(JSON.stringify(imagenet)) as object;
  expect(entry!.preprocessing).toEqual({
    name: 'imagenet',
    values,
    hash: preprocessingHash(imagenet),
  });
  expect(expected!.preprocessing).toBeNull();
  expect(preset.stderr + array.stderr).not.toContain('as they are');
  // What occlusion took by default.
  expect(occlusion!.parameters).toMatchObject({ patch: 2, stride: 1 });
  expect(preset.stderr).toContain('occlusion: patch 2, stride 1, from the size of the input\n');
});

test('patterns and explainers keep it', async () => {
  const fit = ['--preprocess', 'imagenet', '--backend', 'reference', '--out', 'p.safetensors'];
  await succeed(['fit', 'default', '--data', 'p.png', ...fit], options);
  const more = ['--patterns', 'p.safetensors', '--method', 'pattern-attribution'];
  const other = ['--preprocess', 'zero-one'];
  await refuse(
    ['explain', 'default', 'p.png', ...more, ...other],
    3,
    ['another preprocessing', 'which have zero-one'],
    options,
  );
  const out = ['--preprocess', 'imagenet', '--out', 'p.onnx'];
  await succeed(['export', 'default', ...more, ...out], options);
  const model = fromBinary(ModelProtoSchema, new Uint8Array(readFileSync(file('p.onnx'))));
  const { value } = model.metadataProps.find(({ key }) => key === 'patternlens')!;
  expect(JSON.parse(value)).toMatchObject({
    method: 'pattern-attribution',
    patternSamples: 1,
    preprocessing: { name: 'imagenet', hash: preprocessingHash(imagenet) },
  });
});

test('a name that is no preset and no file suggests one', async () => {
  const args = ['explain', 'default', 'p.png', '--preprocess', 'imagnet'];
  await refuse(args, 2, ['"imagnet"', 'Did you mean "imagenet"?'], options);
});
