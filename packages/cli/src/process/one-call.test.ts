import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decode } from 'fast-png';
import sharp from 'sharp';
import { readArray, relativeL2 } from '../testing/arrays.js';
import { succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';
import { describeWithData, sharedFile } from '../testing/shared-data.js';

jest.setTimeout(120_000);

const folder = scratch();
const options = { cwd: folder };
const photos = join(folder, 'photos');
const stored = sharedFile('models-tfjs', 'mnist-cnn-layers');

/** One call on what is built: every map's array as text, its picture beside it. */
const SCRIPT = `
import { writeFileSync } from 'node:fs';
import { encodeNpy } from '@patternlens/data';
import { explainImages, fitImages } from '@patternlens/explain';
import { DEFAULT_NETWORK } from '@patternlens/data';
const [model, images, options, out] = JSON.parse(process.argv[1]);
const opened = model === 'default' ? DEFAULT_NETWORK.url : model;
if (options.fit) {
  const { file } = await fitImages(opened, images, options.fit);
  writeFileSync(out + '.safetensors', file);
  options.patterns = file;
  delete options.fit;
}
const { maps, ...made } = await explainImages(opened, images, options);
const entries = maps.map(({ method, image, target, label, explained, relevance, png }, at) => {
  writeFileSync(out + at + '.png', png);
  writeFileSync(out + at + '.npy', encodeNpy({ ...relevance, shape: [1, ...relevance.shape] }));
  return { method, image, target, label, explained };
});
const { backend, preprocessing, notes } = made;
console.log(JSON.stringify({ backend, preprocessing, notes, entries }));
`;

interface Made {
  readonly backend: { readonly id: string; readonly chosen: string; readonly runtime: object };
  readonly preprocessing: { readonly name: string; readonly hash: string } | null;
  readonly notes: readonly string[];
  readonly entries: readonly {
    readonly method: string;
    readonly image: string;
    readonly target: number;
    readonly label?: string;
    readonly explained: number;
  }[];
}

function oneCall(model: string, images: string, asked: object, out: string): Made {
  const given = JSON.stringify([model, images, asked, join(folder, out)]);
  const args = ['--input-type=module', '-e', SCRIPT, given];
  const cwd = resolve(__dirname, '../..');
  return JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })) as Made;
}

interface Entry {
  readonly method: string;
  readonly backend: string;
  readonly preprocessing: { readonly name: string; readonly hash: string } | null;
  readonly samples: readonly {
    readonly source: string;
    readonly index: number;
    readonly target: number;
    readonly label: string | null;
    readonly output: number;
    readonly files: { readonly npy: string; readonly png: string };
  }[];
}

/** Compares one call with what the command wrote: arrays within float32, pictures pixel by pixel. */
async function expectSame(made: Made, out: string, commanded: string): Promise<void> {
  const at = (name: string): string => join(folder, name);
  const entries = JSON.parse(readFileSync(at(`${commanded}/explanations.json`), 'utf8')) as Entry[];
  const samples = entries.flatMap((entry) => entry.samples.map((sample) => ({ entry, sample })));
  expect(made.entries.length).toBe(samples.length);
  for (const [place, { entry, sample }] of samples.entries()) {
    const map = made.entries[place]!;
    expect(map).toMatchObject({
      method: entry.method,
      image: sample.source,
      target: sample.target,
      explained: sample.output,
    });
    expect(map.label ?? null).toBe(sample.label);
    expect(made.backend.id).toBe(entry.backend);
    expect(made.preprocessing).toEqual(entry.preprocessing);
    const actual = await readArray(at(`${out}${place}.npy`));
    const wanted = await readArray(at(`${commanded}/${sample.files.npy}`));
    const row = wanted.data.slice(
      sample.index * actual.data.length,
      (sample.index + 1) * actual.data.length,
    );
    expect(actual.shape.slice(1)).toEqual(wanted.shape.slice(1));
    expect(relativeL2(actual.data, row)).toBeLessThanOrEqual(1e-6);
    const [picture, commandedPicture] = [`${out}${place}.png`, `${commanded}/${sample.files.png}`]
      .map((file) => decode(readFileSync(at(file))))
      .map(({ width, height, data }) => ({ width, height, data }));
    expect(picture).toEqual(commandedPicture);
  }
}

beforeAll(async () => {
  mkdirSync(photos);
  for (const [name, step] of [
    ['a.png', 7919],
    ['b.jpg', 104729],
  ] as const) {
    const pixels = Uint8Array.from({ length: 40 * 30 * 3 }, (_, at) => (at * step) % 251);
    await sharp(pixels, { raw: { width: 40, height: 30, channels: 3 } }).toFile(join(photos, name));
  }
});

test('one call makes the maps, pictures and patterns that the command makes', async () => {
  const preprocess = ['--preprocess', 'zero-one'];
  await succeed(['fit', 'default', '--data', photos, ...preprocess, '--out', 'p.st'], options);
  const methods = ['gradient', 'deep-taylor', 'lrp-z-box', 'pattern-attribution'];
  const chosen = ['--method', methods.join(','), '--patterns', 'p.st', '--target', 'Bracket'];
  await succeed(
    ['explain', 'default', photos, ...preprocess, ...chosen, '--out', 'commanded'],
    options,
  );
  const asked = { method: methods, preprocess: 'zero-one', target: 'Bracket' };
  const made = oneCall('default', photos, { ...asked, fit: { preprocess: 'zero-one' } }, 'one');
  expect(made.backend).toMatchObject({
    id: 'onnx:node',
    chosen: 'first-installed',
    runtime: { name: 'onnxruntime-node' },
  });
  expect(made.notes).toEqual([]);
  expect(new Set(made.entries.map(({ label }) => label))).toEqual(new Set(['bracket']));
  await expectSame(made, 'one', 'commanded');
  expect(readFileSync(join(folder, 'one.safetensors'))).toEqual(readFileSync(join(folder, 'p.st')));
});

test('without a preprocessing both say so', async () => {
  await succeed(['explain', 'default', photos, '--method', 'gradient', '--out', 'plain'], options);
  const made = oneCall('default', photos, { method: 'gradient' }, 'plain-call');
  expect(made.notes).toEqual(['images: pixels 0..255 as they are; see preprocess']);
  await expectSame(made, 'plain-call', 'plain');
});

describeWithData('a model of TensorFlow.js', () => {
  test('is found in its folder, and its samples in an array', async () => {
    const samples = join(stored, 'inputs.npy');
    const chosen = ['--method', 'epsilon-plus', '--backend', 'tfjs:wasm', '--limit', 2];
    await succeed(['explain', stored, samples, ...chosen, '--out', 'tfjs'], options);
    const asked = { method: 'epsilon-plus', backend: 'tfjs:wasm', limit: 2 };
    const made = oneCall(stored, samples, asked, 'tfjs-call');
    expect(made.preprocessing).toBeNull();
    await expectSame(made, 'tfjs-call', 'tfjs');
  });
});
