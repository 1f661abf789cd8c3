import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GENERATOR } from '@patternlens/data';
import { recipeOfPng } from '@patternlens/heatmap';
import sharp from 'sharp';
import { readArray, relativeL2, someNumbers, writeArray } from '../testing/arrays.js';
import { linearModel } from '../testing/linear-model.js';
import { refuse, runCli, succeed } from '../testing/run-cli.js';
import { contentsOf, scratch } from '../testing/scratch.js';
import { describeWithData, sharedFile } from '../testing/shared-data.js';

jest.setTimeout(120_000);

const folder = scratch();
const file = (...names: string[]): string => join(folder, ...names);
const options = { cwd: folder };

interface Sample {
  source: string | Record<string, string>;
  index: number;
  target: number | { layer: string; channel: number; position: number[] };
  label: string | null;
  output: number;
  start: number;
  exponent: number;
  sum: number;
  files: { npy: string | Record<string, string>; png: string | Record<string, string> | null };
}
interface Entry {
  model: string;
  method: string;
  parameters: Record<string, unknown>;
  backend: string;
  preprocessing: { name: string; values: object; hash: string } | null;
  samples: Sample[];
}

const entriesOf = (out: string): Entry[] =>
  JSON.parse(readFileSync(file(out, 'explanations.json'), 'utf8')) as Entry[];

/** Explains, and gives what is written. */
async function explain(model: string, sources: string[], out: string, more: (string | number)[]) {
  await succeed(['explain', model, ...sources, '--out', out, ...more], options);
  return entriesOf(out);
}

/** A row of the array of a sample, in float64. */
async function rowOf(out: string, name: string, row: number): Promise<number[]> {
  const { data, shape } = await readArray(file(out, name));
  const each = data.length / shape[0]!;
  return Array.from(data.subarray(row * each, (row + 1) * each));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const KEYS = [
  ...['source', 'index', 'target', 'label', 'output', 'start', 'exponent', 'sum', 'warnings'],
  'files',
];

describe('a batch of an array', () => {
  const count = 3;
  const methods = 'gradient,lrp-epsilon:epsilon=0.01,lrp-epsilon:epsilon=0.5,input-x-gradient';
  let entries: Entry[];

  beforeAll(async () => {
    writeArray(file('my batch.npy'), someNumbers(count * 768), [count, 3, 16, 16]);
    entries = await explain('default', ['my batch.npy'], 'batch', [
      '--method',
      methods,
      '--batch',
      2,
    ]);
  });

  test('fields as in the contract', () => {
    expect(entries.map(({ method, parameters }) => [method, parameters])).toEqual([
      ['gradient', {}],
      ['lrp-epsilon', { epsilon: 0.01, bias: 'include', gate: 'hold' }],
      ['lrp-epsilon', { epsilon: 0.5, bias: 'include', gate: 'hold' }],
      ['input-x-gradient', {}],
    ]);
    for (const entry of entries) {
      expect(Object.keys(entry)).toEqual([
        ...['model', 'method', 'parameters', 'explainedOutput', 'backend', 'preprocessing'],
        'samples',
      ]);
      expect(entry.preprocessing).toBeNull();
      expect([entry.model, entry.backend]).toEqual(['default', 'onnx:node']);
      expect(entry.samples.map(({ index }) => index)).toEqual([0, 1, 2]);
      for (const sample of entry.samples) {
        expect(Object.keys(sample)).toEqual(KEYS);
        expect([sample.source, sample.exponent]).toEqual(['my batch.npy', 0]);
        expect(sample.label).toBe(GENERATOR.classes[sample.target as number]);
      }
    }
  });

  test('one array a method, one picture a sample, odd characters as _', () => {
    const words = ['gradient', 'lrp-epsilon', 'lrp-epsilon-2', 'input-x-gradient'];
    const expected = words.flatMap((word) => [
      `my_batch.${word}.npy`,
      ...['00000', '00001', '00002'].map((number) => `my_batch.${number}.${word}.png`),
    ]);
    expect(readdirSync(file('batch')).sort()).toEqual([...expected, 'explanations.json'].sort());
    entries.forEach(({ samples }, at) => {
      expect(samples.map(({ files }) => files)).toEqual(
        samples.map(({ index }) => ({
          npy: `my_batch.${words[at]!}.npy`,
          png: `my_batch.0000${index}.${words[at]!}.png`,
        })),
      );
    });
  });

  test('arrays in the layout of the model; sum is their sum', async () => {
    for (const { samples } of entries) {
      const { shape } = await readArray(file('batch', samples[0]!.files.npy as string));
      expect(shape).toEqual([count, 3, 16, 16]);
      for (const { files, index, sum } of samples)
        expect(sum).toBeCloseTo(total(await rowOf('batch', files.npy as string, index)), 10);
    }
    const [, small, large] = entries;
    expect(small!.samples[0]!.sum).not.toBe(large!.samples[0]!.sum);
  });

  test('what relevance started from', async () => {
    const [gradient, lrp, , product] = entries;
    expect(gradient!.samples.map(({ start }) => start)).toEqual([1, 1, 1]);
    expect(lrp!.samples.map(({ start }) => start)).toEqual(
      lrp!.samples.map(({ output }) => output),
    );
    const values = await readArray(file('my batch.npy'));
    for (const { index } of product!.samples) {
      const slope = await rowOf('batch', gradient!.samples[0]!.files.npy as string, index);
      const actual = await rowOf('batch', product!.samples[0]!.files.npy as string, index);
      expect(
        relativeL2(
          actual,
          slope.map((value, at) => value * values.data[index * 768 + at]!),
        ),
      ).toBeLessThan(1e-6);
    }
  });

  test('pictures decode, and know how they were made', async () => {
    const png = readFileSync(file('batch', 'my_batch.00001.lrp-epsilon-2.png'));
    const { format, width, height } = await sharp(png).metadata();
    expect([format, width > 100, height > 100]).toEqual(['png', true, true]);
    expect(recipeOfPng(png)).toMatchObject({
      recipe: {
        method: 'lrp-epsilon',
        parameters: { epsilon: 0.5, bias: 'include', gate: 'hold' },
      },
    });
  });

  test('the batch size changes nothing but roundings', async () => {
    const again = await explain('default', ['my batch.npy'], 'single', [
      '--method',
      'gradient',
      '--batch',
      1,
      '--no-pictures',
    ]);
    const [a, b] = [
      await readArray(file('single', 'my_batch.gradient.npy')),
      await readArray(file('batch', 'my_batch.gradient.npy')),
    ];
    expect(relativeL2(a.data, b.data)).toBeLessThan(1e-6);
    expect(again[0]!.samples[0]!.files.png).toBeNull();
    expect(readdirSync(file('single')).sort()).toEqual([
      'explanations.json',
      'my_batch.gradient.npy',
    ]);
  });

  test('an earlier result of the same name is replaced, others stay', async () => {
    const kept = contentsOf(file('batch'));
    writeFileSync(file('batch', 'notes.txt'), 'mine');
    await explain('default', ['my batch.npy'], 'batch', [
      '--method',
      'gradient',
      '--target',
      3,
      '--no-pictures',
    ]);
    const after = contentsOf(file('batch'));
    const changed = Object.keys(after).filter((name) => after[name] !== kept[name]);
    expect(changed.sort()).toEqual(['explanations.json', 'my_batch.gradient.npy', 'notes.txt']);
    expect(entriesOf('batch')[0]!.samples.map(({ target }) => target)).toEqual([3, 3, 3]);
  });
});

describe('what people see', () => {
  test('a table, or with --json the document itself', async () => {
    const args = [
      'explain',
      'default',
      'generated',
      '--limit',
      2,
      '--method',
      'gradient',
      '--no-pictures',
      '--out',
      'seen',
    ];
    const { stdout, stderr } = await succeed(args, options);
    const [headings, , ...rows] = stdout.trimEnd().split('\n');
    expect(headings).toMatch(/^source +index +target +label +output$/);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(/^generated +1 +\d +\w+ +-?[\d.]+$/);
    expect(stderr).toBe(
      'backend onnx:node\nexplain  2/2  100%  gradient\n1 method, 2 samples: seen/explanations.json\n',
    );
    const { stdout: json } = await succeed([...args, '--json'], options);
    expect(json).toBe(readFileSync(file('seen', 'explanations.json'), 'utf8'));
  });

  test('generated samples are named by seed and place', async () => {
    const more = ['--method', 'gradient', '--no-pictures', '--limit', 3];
    const [all] = await explain('default', ['generated:seed=7'], 'seven', more);
    const [later] = await explain('default', ['generated:seed=7,first=2'], 'later', more);
    const [other] = await explain('default', ['generated:seed=8'], 'eight', more);
    expect(later!.samples[0]!.output).toBeCloseTo(all!.samples[2]!.output, 5);
    expect(other!.samples[0]!.output).not.toBeCloseTo(all!.samples[0]!.output, 2);
  });
});

describe('images', () => {
  const pixels = Buffer.from(someNumbers(16 * 16 * 3, 127).map((value) => Math.round(value + 128)));
  const raw = { raw: { width: 16, height: 16, channels: 3 } } as const;
  const more = ['--preprocess', 'scale.json', '--method', 'gradient'];

  beforeAll(async () => {
    mkdirSync(file('shots'));
    writeFileSync(file('scale.json'), '{ "scale": 0.01 }');
    const png = await sharp(pixels, raw).png().toBuffer();
    const jpeg = await sharp(pixels, raw).jpeg({ quality: 90 }).toBuffer();
    writeFileSync(file('cat.png'), png);
    for (const name of ['shot10.png', 'shot9.png', 'a b(1).png'])
      writeFileSync(file('shots', name), png);
    writeFileSync(file('shots', 'dog.JPG'), jpeg);
    writeFileSync(file('shots', 'notes.txt'), 'not an image');
  });

  test('files of their own for every image, and for two of one name', async () => {
    writeFileSync(file('shots', 'cat.png'), readFileSync(file('cat.png')));
    writeFileSync(file('cat-2.png'), readFileSync(file('cat.png')));
    const [entry] = await explain(
      'default',
      ['cat.png', 'shots/cat.png', 'cat-2.png'],
      'cats',
      more,
    );
    const stems = ['cat', 'cat-2', 'cat-2-2'];
    expect(entry!.samples.map(({ source, index, files }) => [source, index, files])).toEqual(
      ['cat.png', 'shots/cat.png', 'cat-2.png'].map((source, at) => [
        source,
        0,
        { npy: `${stems[at]!}.gradient.npy`, png: `${stems[at]!}.gradient.png` },
      ]),
    );
    expect((await readArray(file('cats', 'cat.gradient.npy'))).shape).toEqual([1, 3, 16, 16]);
  });

  test('a folder in the order of people, what is no image left out', async () => {
    const [entry] = await explain('default', ['shots'], 'folder', more);
    expect(entry!.samples.map(({ source }) => source)).toEqual(
      ['a b(1).png', 'cat.png', 'dog.JPG', 'shot9.png', 'shot10.png'].map(
        (name) => `shots/${name}`,
      ),
    );
    expect(entry!.samples[0]!.files).toEqual({
      npy: 'a_b_1_.gradient.npy',
      png: 'a_b_1_.gradient.png',
    });
  });

  test('are (pixel x scale - mean) / std in the layout of the input', async () => {
    const planes = Array.from(
      { length: 768 },
      (_, at) => 0.01 * pixels[(at % 256) * 3 + Math.floor(at / 256)]!,
    );
    writeArray(file('planes.npy'), planes, [1, 3, 16, 16]);
    const [a] = await explain('default', ['cat.png'], 'image', [...more, '--target', 1]);
    const [b] = await explain('default', ['planes.npy'], 'image', [
      '--method',
      'gradient',
      '--target',
      1,
    ]);
    expect(a!.samples[0]!.output).toBeCloseTo(b!.samples[0]!.output, 4);
    const rows = [
      await rowOf('image', 'cat.gradient.npy', 0),
      await rowOf('image', 'planes.gradient.npy', 0),
    ];
    expect(relativeL2(rows[0]!, rows[1]!)).toBeLessThan(1e-5);
  });
});

describe('targets, starts and several inputs, worked out by hand', () => {
  // scores = [left, right] . weights + bias
  const weights = [
    [1, -2],
    [0.5, 3],
    [-1, 0.25],
    [2, 1],
    [4, -0.5],
  ];
  const bias = [0.5, -1];
  const left = [
    [1, 2, 3],
    [-1, 0.5, 2],
  ];
  const right = [
    [0.5, -1],
    [-3, 2],
  ];
  const scores = left.map((row, at) =>
    bias.map(
      (value, k) => value + total([...row, ...right[at]!].map((x, i) => x * weights[i]![k]!)),
    ),
  );
  const inputs = ['--input', 'left/in=left.npy', '--input', 'right=right.npy', '--no-pictures'];
  const run = async (out: string, more: (string | number)[]): Promise<Entry> =>
    (await explain('two.onnx', [], out, [...inputs, ...more]))[0]!;

  beforeAll(() => {
    writeFileSync(
      file('two.onnx'),
      linearModel({ inputs: { 'left/in': 3, right: 2 }, weights, bias }),
    );
    writeArray(file('left.npy'), left.flat(), [2, 3]);
    writeArray(file('right.npy'), right.flat(), [2, 2]);
    writeArray(file('short.npy'), right[0]!, [1, 2]);
  });

  test('objects by input name; the strongest class', async () => {
    const { samples } = await run('two', ['--method', 'gradient']);
    const tops = scores.map((row) => (row[0]! >= row[1]! ? 0 : 1));
    expect(samples.map(({ target }) => target)).toEqual(tops);
    for (const [at, sample] of samples.entries()) {
      expect(sample.source).toEqual({ 'left/in': 'left.npy', right: 'right.npy' });
      expect(sample.files).toEqual({
        npy: { 'left/in': 'left.gradient.left_in.npy', right: 'left.gradient.right.npy' },
        png: null,
      });
      expect(sample.output).toBeCloseTo(scores[at]![tops[at]!]!, 5);
      const column = weights.map((row) => row[tops[at]!]!);
      expect(await rowOf('two', 'left.gradient.left_in.npy', at)).toEqual(column.slice(0, 3));
      expect(await rowOf('two', 'left.gradient.right.npy', at)).toEqual(column.slice(3));
      expect(sample.sum).toBeCloseTo(total(column), 6);
    }
  });

  test('pictures by input name', async () => {
    const [entry] = await explain('two.onnx', [], 'drawn', [
      ...inputs.slice(0, 4),
      '--method',
      'gradient',
    ]);
    expect(entry!.samples.map(({ files }) => files.png)).toEqual([
      { 'left/in': 'left.00000.gradient.left_in.png', right: 'left.00000.gradient.right.png' },
      { 'left/in': 'left.00001.gradient.left_in.png', right: 'left.00001.gradient.right.png' },
    ]);
  });

  test('a class by its number, from its value or from one', async () => {
    const { samples } = await run('value', [
      '--method',
      'gradient',
      '--target',
      1,
      '--start',
      'value',
    ]);
    expect(samples.map(({ target }) => target)).toEqual([1, 1]);
    samples.forEach(({ start, output }, at) => {
      expect(output).toBeCloseTo(scores[at]![1]!, 5);
      expect(start).toBe(output);
    });
    const row = await rowOf('value', 'left.gradient.right.npy', 1);
    expect(row[0]).toBeCloseTo(weights[3]![1]! * scores[1]![1]!, 4);
    expect(row[1]).toBeCloseTo(weights[4]![1]! * scores[1]![1]!, 4);
    const one = await run('one', ['--method', 'lrp-0', '--target', 1, '--start', 'one']);
    expect(one.samples.map(({ start }) => start)).toEqual([1, 1]);
  });

  test('a neuron of a layer, split at the last slash', async () => {
    const { samples } = await run('neuron', ['--method', 'gradient', '--target', 'score/0']);
    expect(samples.map(({ target, label }) => [target, label])).toEqual([
      [{ layer: 'score', channel: 0, position: [] }, null],
      [{ layer: 'score', channel: 0, position: [] }, null],
    ]);
    samples.forEach(({ output }, at) => {
      expect(output).toBeCloseTo(scores[at]![0]!, 5);
    });
  });

  test('sources that do not fit together are refused', async () => {
    const args = ['explain', 'two.onnx', '--method', 'gradient', '--out', 'never'];
    const one = ['--input', 'left/in=left.npy'];
    await refuse([...args, ...one], 2, ['"right" has no source', '--input right=SOURCE'], options);
    await refuse(
      [...args, ...one, '--input', 'right=short.npy'],
      2,
      ['"right" has 1 sample,', '"left/in" has 2'],
      options,
    );
    await refuse([...args, 'left.npy'], 2, ['2 inputs', '--input NAME=SOURCE'], options);
  });
});

describe('the bundled network', () => {
  test('a neuron of a convolution: the strongest place', async () => {
    const more = ['--limit', 2, '--method', 'gradient', '--target', 'conv1/3', '--no-pictures'];
    const [entry] = await explain('default', ['generated'], 'conv', more);
    for (const { target, index } of entry!.samples) {
      const { layer, channel, position } = target as {
        layer: string;
        channel: number;
        position: number[];
      };
      expect([layer, channel, position.length]).toEqual(['conv1', 3, 2]);
      // Only the 3 x 3 window around the place is seen.
      const seen = await rowOf('conv', 'generated.gradient.npy', index);
      const places = seen.flatMap((value, at) =>
        value === 0 ? [] : [[Math.floor((at % 256) / 16), at % 16]],
      );
      expect(places.length).toBeGreaterThan(0);
      for (const [row, column] of places) {
        expect(Math.abs(row! - position[0]!)).toBeLessThanOrEqual(1);
        expect(Math.abs(column! - position[1]!)).toBeLessThanOrEqual(1);
      }
    }
  });

  test('keep-output explains the probability behind the softmax', async () => {
    const more = ['--limit', 2, '--method', 'gradient', '--no-pictures'];
    const [cut] = await explain('default', ['generated'], 'cut', more);
    const [kept] = await explain('default', ['generated'], 'kept', [...more, '--keep-output']);
    const sums = async (out: string) =>
      total((await rowOf(out, 'generated.gradient.npy', 0)).map(Math.abs));
    expect(await sums('kept')).toBeLessThan(await sums('cut'));
    for (const { output } of kept!.samples) expect(output).toBeLessThanOrEqual(1);
    expect(cut!.samples.some(({ output }) => output > 1)).toBe(true);
  });
});

describe('an interrupted run', () => {
  test('leaves nothing behind and ends with 130', async () => {
    mkdirSync(file('stopped'));
    writeFileSync(file('stopped', 'explanations.json'), 'of before');
    const kept = contentsOf(file('stopped'));
    const args = [
      'explain',
      'default',
      'generated',
      '--limit',
      400,
      '--method',
      'gradient,lrp-0',
      '--out',
      'stopped',
    ];
    const { code, stdout, stderr } = await runCli(args, {
      ...options,
      interruptAt: (text) => text.includes('explain  '),
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('patternlens: interrupted.');
    expect(readdirSync(file('stopped'))).toEqual(['explanations.json']);
    expect(contentsOf(file('stopped'))).toEqual(kept);
  });
});

describeWithData('real models and data', () => {
  const model = sharedFile('models', 'mnist-cnn.onnx');

  test('the gradient is the one of automatic differentiation', async () => {
    const [entry] = await explain(model, [sharedFile('models', 'mnist-cnn.inputs.npy')], 'mnist', [
      '--method',
      'gradient',
      '--no-pictures',
    ]);
    const actual = await readArray(file('mnist', 'mnist-cnn.inputs.gradient.npy'));
    const known = await readArray(sharedFile('models', 'mnist-cnn.gradient.npy'));
    expect(actual.shape).toEqual(known.shape);
    expect(relativeL2(actual.data, known.data)).toBeLessThan(1e-5);
    const outputs = await readArray(sharedFile('models', 'mnist-cnn.outputs.npy'));
    for (const { index, target, output, label } of entry!.samples) {
      const row = Array.from(outputs.data.subarray(index * 10, index * 10 + 10));
      expect(target).toBe(row.indexOf(Math.max(...row)));
      expect(output).toBeCloseTo(Math.max(...row), 3);
      expect(label).toBeNull();
    }
  });

  test('IDX digits are preprocessed pixels', async () => {
    const idx = sharedFile('mnist', 't10k-images-idx3-ubyte.gz');
    const bytes = gunzipSync(readFileSync(idx)).subarray(16, 16 + 2 * 784);
    writeFileSync(
      file('digit.json'),
      '{ "scale": 0.00392156862745098, "mean": [0.5], "std": [0.25] }',
    );
    writeArray(
      file('digits.npy'),
      Array.from(bytes, (pixel) => (pixel / 255 - 0.5) / 0.25),
      [2, 1, 28, 28],
    );
    const more = ['--method', 'gradient', '--limit', 2, '--no-pictures'];
    const [entry] = await explain(model, [idx], 'digits', [...more, '--preprocess', 'digit.json']);
    await explain(model, ['digits.npy'], 'digits-npy', more);
    expect(entry!.samples[1]).toMatchObject({
      source: idx,
      index: 1,
      files: { npy: 't10k-images-idx3-ubyte.gradient.npy', png: null },
    });
    const actual = await readArray(file('digits', 't10k-images-idx3-ubyte.gradient.npy'));
    const known = await readArray(file('digits-npy', 'digits.gradient.npy'));
    expect(relativeL2(actual.data, known.data)).toBeLessThan(1e-5);
  });
});
