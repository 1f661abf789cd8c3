/** @jest-environment ../adapter-onnx/src/testing/ort-environment.js */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExplainer, resolveNetwork, writePatterns } from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { tensor } from '@patternlens/core';
import { BATCH } from '@patternlens/core/tensor';
import { DEFAULT_NETWORK, encodeNpy, generatedSource } from '@patternlens/data';
import { recipeOfPng } from '@patternlens/heatmap';
import { referenceBackend } from '@patternlens/reference';
import sharp from 'sharp';
import { sharpDecoder } from '../decoders/sharp-decoder.js';
import { explainImages, fitImages } from '../platforms/in-node.js';
import { scratch } from '../testing/scratch.js';

const folder = scratch();
const backend = referenceBackend();
const decoder = sharpDecoder(sharp);
const model = readFileSync(DEFAULT_NETWORK.url);
const quick = { backend, pictures: false } as const;

/** A picture of 16 x 16 whose pixels count. */
const png = (step: number): Promise<Buffer> =>
  sharp(
    Uint8Array.from({ length: 768 }, (_, at) => (at * step) % 256),
    { raw: { width: 16, height: 16, channels: 3 } },
  )
    .png()
    .toBuffer();

test('maps are those of an explainer on the same values', async () => {
  const photo = await png(7);
  const {
    maps,
    preprocessing,
    backend: used,
    network,
    notes,
  } = await explainImages(model, photo, {
    ...{ backend, decoder, svg: true, labels: DEFAULT_NETWORK.classes },
    method: ['gradient', { id: 'lrp-epsilon', epsilon: 0.5 }],
    preprocess: { scale: 1 / 255 },
  });
  // Pixels of 0 to 255 plane by plane, times the scale.
  const values = Float32Array.from({ length: 768 }, (_, at) => {
    const [channel, pixel] = [Math.floor(at / 256), at % 256];
    return (((pixel * 3 + channel) * 7) % 256) / 255;
  });
  for (const [at, method] of (
    ['gradient', { id: 'lrp-epsilon', epsilon: 0.5 }] as const
  ).entries()) {
    const explainer = await createExplainer(network, { backend, method });
    const wanted = await explainer.explain(tensor(values, [1, 3, 16, 16]));
    const map = maps[at]!;
    expect(map.relevance.shape).toEqual([3, 16, 16]);
    map.relevance.data.forEach((value, place) => {
      expect(value).toBeCloseTo(wanted.relevance.data[place]!, 6);
    });
    expect(map.target).toBe(wanted.targets[0]);
    expect(map.label).toBe(DEFAULT_NETWORK.classes[map.target as number]);
    expect([map.image, map.index, map.output.shape]).toEqual(['image 1', 0, [4]]);
    expect(map.output.data[map.target as number]).toBeCloseTo(map.explained, 6);
    expect((recipeOfPng(map.png) as { recipe: object }).recipe).toEqual(map.recipe);
    expect(map.svg).toMatch(/^<svg/);
    expect(map.pngByInput).toEqual({ image: map.png });
  }
  expect(maps[1]!.recipe.parameters).toMatchObject({ epsilon: 0.5 });
  expect(used).toEqual({ id: 'reference', chosen: 'given' });
  expect(preprocessing).toMatchObject({ name: 'object', values: { scale: 1 / 255 } });
  expect(notes).toEqual([]);
}, 60_000);

test('a backend is opened by its name, and numbers come without pictures', async () => {
  const made = await explainImages(model, await png(3), {
    ...{ decoder, method: 'gradient', backend: 'reference', pictures: false },
  });
  expect(made.backend).toEqual({ id: 'reference', chosen: 'named' });
  expect(made.maps[0]).not.toHaveProperty('png');
  expect(made.notes).toEqual(['images: pixels 0..255 as they are; see preprocess']);
});

test('what lies beside a model on the disk is used: preprocessing and labels', async () => {
  const place = join(folder, 'beside');
  mkdirSync(join(place, 'photos'), { recursive: true });
  writeFileSync(join(place, 'net.onnx'), model);
  writeFileSync(join(place, 'net.preprocess.json'), '{ "scale": 0.5 }');
  writeFileSync(join(place, 'net.onnx.labels.txt'), 'one\ntwo\nthree\nfour\n');
  writeFileSync(join(place, 'photos', 'a.png'), await png(5));
  writeFileSync(join(place, 'photos', 'notes.txt'), 'none');
  const { maps, preprocessing, notes } = await explainImages(
    join(place, 'net.onnx'),
    join(place, 'photos'),
    { ...quick, decoder, method: 'gradient', target: 'TWO' },
  );
  expect(maps.map(({ image, target, label }) => [image, target, label])).toEqual([
    [join(place, 'photos', 'a.png'), 1, 'two'],
  ]);
  expect(preprocessing).toMatchObject({
    name: join(place, 'net.preprocess.json'),
    values: { scale: 0.5 },
  });
  expect(notes).toEqual([`${join(place, 'photos')}: left out notes.txt (no image)`]);
});

test('patterns are fitted on images, and their file explains', async () => {
  const images = await Promise.all([3, 5, 7, 11].map(png));
  const shared = { ...quick, decoder, preprocess: 'zero-one' } as const;
  const { pictures, ...fitted } = shared;
  expect(pictures).toBe(false);
  const seen: number[] = [];
  const { patterns, file, preprocessing } = await fitImages(model, images, {
    ...{ ...fitted, limit: 3 },
    onProgress: ({ done }) => seen.push(done),
  });
  expect(patterns.samples).toBe(3);
  expect(seen.at(-1)).toBe(3);
  expect(patterns.preprocessing).toBe((preprocessing as { hash: string }).hash);
  const pieces: Uint8Array[] = [];
  for await (const piece of writePatterns(patterns)) pieces.push(piece);
  expect(Buffer.from(file)).toEqual(Buffer.concat(pieces));
  const method = 'pattern-attribution';
  const by = async (given: typeof file | typeof patterns) =>
    (await explainImages(model, images[3]!, { ...shared, method, patterns: given })).maps[0]!;
  const [first, second] = [await by(file), await by(patterns)];
  // Files hold patterns as float32.
  const away = first.relevance.data.map((value, at) => value - second.relevance.data[at]!);
  expect(Math.hypot(...away) / Math.hypot(...second.relevance.data)).toBeLessThan(1e-6);
  expect(first.recipe.patternSamples).toBe(3);
  await expect(
    explainImages(model, images, { ...shared, preprocess: 'raw', method, patterns }),
  ).rejects.toMatchObject({ code: 'pattern-mismatch' });
}, 60_000);

test('bounds come from the preprocessing, and may be given', async () => {
  const photo = await png(3);
  const shared = { ...quick, decoder, preprocess: 'minus-one-one' } as const;
  const parameters = async (method: 'lrp-z-box' | { id: 'lrp-z-box'; low: number; high: number }) =>
    (await explainImages(model, photo, { ...shared, method })).maps[0]!.recipe.parameters;
  expect(await parameters('lrp-z-box')).toMatchObject({ low: -1, high: 1 });
  expect(await parameters({ id: 'lrp-z-box', low: -3, high: 2 })).toMatchObject({
    low: -3,
    high: 2,
  });
});

test('arrays are explained sample by sample, with a target each, and progress is told', async () => {
  const array = encodeNpy(await generatedSource({ count: 3 }).read(0, 3));
  const done: (readonly [string, number, number])[] = [];
  const { maps, preprocessing } = await explainImages(model, array, {
    ...quick,
    method: ['gradient', 'guided-backprop'],
    target: [0, 1, 2],
    batch: 2,
    onProgress: ({ method, done: samples, total }) => done.push([method, samples, total]),
  });
  expect(maps.map(({ method, index, target }) => [method, index, target])).toEqual([
    ['gradient', 0, 0],
    ['gradient', 1, 1],
    ['gradient', 2, 2],
    ['guided-backprop', 0, 0],
    ['guided-backprop', 1, 1],
    ['guided-backprop', 2, 2],
  ]);
  expect(done).toEqual([
    ['gradient', 2, 6],
    ['gradient', 3, 6],
    ['guided-backprop', 5, 6],
    ['guided-backprop', 6, 6],
  ]);
  expect(preprocessing).toBeNull();
});

describe('a network of two inputs', () => {
  const network = createNetwork({
    inputs: ['a', 'b'].map((name) => ({ name, shape: [BATCH, 2] })),
    outputs: ['y'],
    layers: [
      {
        kind: 'add',
        name: 'add',
        inputs: ['a', 'b'],
        output: 'sum',
        attributes: { signs: [1, 1] },
        parameters: {},
      },
      {
        kind: 'dense',
        name: 'dense',
        inputs: ['sum'],
        output: 'y',
        attributes: {},
        parameters: { weights: { tensor: tensor([1, 2, 3, 4], [2, 2]) } },
      },
    ],
  });
  const array = (...values: number[]) => encodeNpy(tensor(values, [1, 2]));

  test('takes images by their names', async () => {
    const { maps } = await explainImages(
      resolveNetwork(network),
      { b: array(3, 4), a: [array(1, 2)] },
      { backend, method: 'input-x-gradient', target: 1 },
    );
    // The second class is 3 (a1 + b1) + 4 (a2 + b2).
    const [map] = maps;
    expect([...map!.relevanceByInput['a']!.data]).toEqual([3, 8]);
    expect([...map!.relevanceByInput['b']!.data]).toEqual([9, 16]);
    expect(map!.relevance).toEqual(map!.relevanceByInput['a']);
    expect(map!.image).toEqual({ a: 'image 1', b: 'image 1' });
    expect(Object.keys(map!.pngByInput)).toEqual(['a', 'b']);
    expect(map!.png).toBe(map!.pngByInput['a']);
  });

  test.each([
    [array(1, 2), 'has 2 inputs. Write { "a": ..., "b": ... }'],
    [{ a: array(1, 2) }, 'input "b" has none'],
    [{ a: array(1, 2), b: array(1, 2), c: array(1, 2) }, 'no input "c"'],
    [{ a: array(1, 2), b: encodeNpy(tensor([1, 2, 3, 4], [2, 2])) }, 'They must be as many'],
  ])('and says which are missing', async (images, sentence) => {
    await expect(explainImages(network, images, { ...quick, method: 'gradient' })).rejects.toThrow(
      sentence,
    );
  });
});

describe('models come in many forms', () => {
  /** A layers model of TensorFlow.js: y1 = 2 x0 + 4 x1. */
  const topology = {
    class_name: 'Sequential',
    config: {
      name: 'net',
      layers: [
        { class_name: 'InputLayer', config: { batch_input_shape: [null, 2], name: 'x' } },
        {
          class_name: 'Dense',
          config: { name: 'd', units: 2, activation: 'linear', use_bias: false },
        },
      ],
    },
  };
  const weights = [{ name: 'd/kernel', shape: [2, 2], dtype: 'float32' }];
  const json = JSON.stringify({
    modelTopology: topology,
    weightsManifest: [{ paths: ['w.bin'], weights }],
  });
  const shard = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
  const sample = encodeNpy(tensor([1, 10], [1, 2]));

  test('files of TensorFlow.js that were picked', async () => {
    const files = [new File([json], 'model.json'), new File([shard], 'w.bin')];
    const { maps, network } = await explainImages(files, sample, {
      ...quick,
      method: 'input-x-gradient',
      target: 1,
    });
    expect([...maps[0]!.relevance.data]).toEqual([2, 40]);
    expect(network.format).toBe('tfjs-layers');
    await expect(
      explainImages({ 'model.json': files[0]! }, sample, { ...quick, method: 'gradient' }),
    ).rejects.toThrow('w.bin');
  });

  test('responses, blobs, addresses and promises of them', async () => {
    const data = `data:application/octet-stream;base64,${model.toString('base64')}`;
    const array = encodeNpy(await generatedSource({ count: 1 }).read(0, 1));
    const by = async (given: Parameters<typeof explainImages>[0]) =>
      (await explainImages(given, array, { ...quick, method: 'gradient' })).maps[0]!.relevance;
    const wanted = await by(model);
    expect(wanted.data.some((value) => value !== 0)).toBe(true);
    for (const given of [new Response(model), new Blob([model]), data, fetch(data)])
      expect(await by(given)).toEqual(wanted);
  }, 60_000);
});

describe('what is wrong is said by its name', () => {
  const photo = png(3);
  const call = async (options: object) =>
    explainImages(model, photo, { ...quick, decoder, method: 'gradient', ...options });

  test.each([
    [{ method: [] }, 'method: expected the id of a method'],
    [{ method: 'gradeint' }, 'there is no method "gradeint". Did you mean "gradient"?'],
    [{ preprocess: 'imagenett' }, 'no preset and no file "imagenett". Did you mean "imagenet"?'],
    [{ preprocess: { scael: 1 } }, 'scale'],
    [{ preprocess: 'no/such.json' }, 'no such file'],
    [{ backend: 'onnx:nod' }, 'no backend "onnx:nod". Did you mean "onnx:node"?'],
    [{ backend: 'tfjs:webgl' }, 'it runs in browsers only'],
    [{ target: 'dog' }, 'label of no class: there are none'],
    [{ target: 'dog', labels: ['a', 'b', 'c', 'd'] }, 'label of no class'],
    [{ target: 'dog', labels: ['dog', 'b', 'c', 'dog'] }, 'several classes'],
    [{ labels: ['a', 'b'] }, "labels: expected a name for each of the network's 4 classes"],
    [{ labels: ['a', 2, 'c', 'd'] }, 'labels: expected names, got 2'],
    [{ patterns: Uint8Array.of(1, 2, 3) }, 'patterns'],
    [{ method: 'pattern-net' }, 'pattern'],
    [{ metod: 'gradient' }, 'no option "metod". Did you mean "method"?'],
    [{ target: 9 }, 'class 9 is out of range'],
    [{ target: [1, 2] }, 'there are 2 classes for 1 image.'],
    [{ signal: AbortSignal.abort() }, 'explaining was cancelled'],
  ])('%p', async (options, sentence) => {
    await expect(call(options)).rejects.toThrow(sentence);
  });

  test('a decoder of something else is no sharp', () => {
    expect(() => sharpDecoder(() => 1)).toThrow('sharpDecoder: expected sharp, got a function');
    expect(sharpDecoder({ default: sharp })).toHaveProperty('decode');
  });

  test('a model that is none', async () => {
    await expect(
      explainImages(3 as never, photo, { ...quick, method: 'gradient' }),
    ).rejects.toThrow('model: expected a model file');
    await expect(
      explainImages(join(folder, 'none.onnx'), photo, { ...quick, method: 'gradient' }),
    ).rejects.toThrow('there is no such file');
  });
});
