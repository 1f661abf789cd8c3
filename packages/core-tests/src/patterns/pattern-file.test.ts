import {
  createExplainer,
  fitPatterns,
  mergePatterns,
  PatternLensError,
  sliceSamples,
  tensor,
  traceMethod,
  type Network,
  type PatternSet,
} from '@patternlens/core';
import { createNetwork, permuteParameter, reshapeParameter } from '@patternlens/core/network';
import { type LayerMoments } from '@patternlens/core/rules';
import fc from 'fast-check';
import { layerOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import {
  fileOf,
  putTogether,
  readFile,
  takeApart,
  type Entry,
  type FileHeader,
} from '../testing/file-bytes.js';
import { random } from '../testing/random.js';
import { fromFile } from '../testing/random-network.js';

const backend = referenceBackend();
const N = { batch: 1 };
const r = random(91);
const filters = r.normal([2, 3, 2, 2]);
const rows = r.normal([8, 3]);

/** A convolution and a dense layer whose weights the file holds transposed and in another shape. */
function networkOf(dense = rows, bias = 0.1, stride = 1): Network {
  const conv = layerOf(
    'convolution',
    'conv',
    'x',
    {
      strides: [stride, 1],
      dilations: [1, 1],
      padsBegin: [0, 0],
      padsEnd: [0, 0],
      groups: 1,
    },
    { bias: tensor([bias, bias], [2, 1, 1]) },
  );
  const last = layerOf('dense', 'block/dense', 'flat', {});
  const weights = fromFile({ tensor: dense }, 'kernel');
  const stored = reshapeParameter(permuteParameter(weights, [1, 0]), [3, dense.shape[0]!]);
  return createNetwork({
    inputs: [{ name: 'x', shape: [N, 3, 3, 3] }],
    outputs: ['block/dense'],
    layers: [
      {
        ...conv,
        parameters: { ...conv.parameters, weights: fromFile({ tensor: filters }, 'w') },
      },
      layerOf('rectifier', 'relu', 'conv', {}),
      layerOf('reshape', 'flat', 'relu', { shape: [N, stride === 1 ? 8 : 4] }),
      { ...last, parameters: { weights: stored } },
    ],
  });
}

const network = networkOf();
const data = r.normal([20, 3, 3, 3]);
const fitted = fitPatterns(network, [data], { backend, preprocessing: 'sha256:abc' });
const file = fitted.then(fileOf);

const single = (values: ArrayLike<number>): number[] => Array.from(Float32Array.from(values));

describe('a pattern file', () => {
  test('that is read again holds the same patterns, in float32, and the same moments', async () => {
    const want = await fitted;
    const got = await readFile(await file);
    expect(got.samples).toBe(20);
    expect(got.preprocessing).toBe('sha256:abc');
    expect(got.fingerprint).toEqual(want.fingerprint);
    expect(got.estimators).toEqual(want.estimators);
    expect([...got.layers.keys()]).toEqual(['conv', 'block/dense']);
    for (const [name, pattern] of want.layers) {
      const found = got.layers.get(name)!;
      expect(found.counts).toEqual(pattern.counts);
      expect(found.samples).toBe(pattern.samples);
      for (const [kind, { data: values, shape }] of Object.entries(pattern.directions)) {
        const direction = found.directions[kind as 'linear']!;
        expect(direction.shape).toEqual(shape);
        expect(Array.from(direction.data)).toEqual(single(values));
      }
      const [a, b] = await Promise.all([found, pattern].map((one) => one.source!.parts[0]!()));
      expect(a).toEqual(b);
      expect(found.source!.weights).toEqual(pattern.source!.weights);
    }
    // What is written from what was read is the same file.
    expect(Buffer.from(await fileOf(got)).equals(Buffer.from(await file))).toBe(true);
  });

  test('explains as the patterns in memory do', async () => {
    const x = sliceSamples(data, 0, 3);
    const explain = async (patterns: PatternSet): Promise<number[]> => {
      const options = { backend, method: 'pattern-attribution', patterns } as const;
      return Array.from(
        (await (await createExplainer(network, options)).explain(x)).relevanceByInput['x']!.data,
      );
    };
    const want = await explain(await fitted);
    (await explain(await readFile(await file))).forEach((value, at) => {
      expect(value).toBeCloseTo(want[at]!, 5);
    });
  });

  test('is laid out as safetensors, with tensors in the layout of the model file', async () => {
    const { header, data: bytes } = takeApart(await file);
    const { __metadata__: metadata, ...tensors } = header;
    expect(metadata['format']).toBe('patternlens-patterns');
    const entries = Object.values(tensors);
    // No gaps, no overlaps, up to the last byte; each begins where its numbers can.
    const size: Record<string, number> = { F32: 4, F64: 8, I64: 8 };
    let end = 0;
    for (const { dtype, shape, data_offsets: offsets } of entries) {
      expect(offsets[0]).toBe(end);
      end = offsets[1];
      expect(end - offsets[0]).toBe(shape.reduce((a, b) => a * b, 1) * size[dtype]!);
    }
    expect(end).toBe(bytes.length);
    expect((await file).length % 8).toBe(bytes.length % 8);
    const float = ({ data_offsets: [from, to] }: Entry): Float32Array =>
      new Float32Array(bytes.slice(from, to).buffer);
    const { layers } = await fitted;
    const { directions, counts } = layers.get('block/dense')!;
    expect(tensors['block/dense/positive']).toMatchObject({ dtype: 'F32', shape: [8, 3] });
    const stored = float(tensors['block/dense/positive']!);
    for (const input of [0, 3, 7])
      for (const neuron of [0, 1, 2])
        expect(stored[input * 3 + neuron]).toBe(
          Math.fround(directions.positive!.data[neuron * 8 + input]!),
        );
    expect(tensors['conv/linear']).toMatchObject({ dtype: 'F32', shape: [2, 3, 2, 2] });
    expect(tensors['block/dense/count']).toMatchObject({ dtype: 'I64', shape: [3] });
    const [from, to] = tensors['block/dense/count']!.data_offsets;
    const stores = new BigInt64Array(bytes.slice(from, to).buffer);
    expect(Array.from(stores, Number)).toEqual(Array.from(counts));
    expect(tensors['moments/conv/xy']).toMatchObject({ dtype: 'F64', shape: [2, 12] });
  });

  test('without moments is smaller, explains, and does not merge', async () => {
    const options = { backend, withoutMoments: true, preprocessing: 'sha256:abc' };
    const bytes = await fileOf(await fitPatterns(network, [data], options));
    expect(Object.keys(takeApart(bytes).header).some((name) => name.startsWith('moments/'))).toBe(
      false,
    );
    const patterns = await readFile(bytes);
    expect(() => traceMethod(network, { method: 'pattern-net', patterns })).not.toThrow();
    await expect(mergePatterns([patterns, await fitted])).rejects.toMatchObject({
      code: 'pattern-mismatch',
      message: expect.stringContaining('"conv"') as string,
    });
  });
});

describe('patterns of another network are refused, naming the first layer that differs:', () => {
  const changed = rows.data.map((value, at) => (at === 5 ? value + 1e-3 : value));
  const shorter = createNetwork({
    ...network,
    layers: network.layers.slice(0, 1),
    outputs: ['conv'],
  });
  const twice = createNetwork({
    ...network,
    outputs: ['more'],
    layers: [
      ...network.layers,
      layerOf('dense', 'more', 'block/dense', {}, { weights: r.normal([1, 3]) }),
    ],
  });
  const others: [string, Network, string][] = [
    ['a weight', networkOf(tensor(changed, [8, 3])), '"block/dense"'],
    ['a bias', networkOf(rows, 0.2), '"conv"'],
    ['an attribute', networkOf(tensor(rows.data.slice(0, 12), [4, 3]), 0.1, 2), '"conv"'],
    ['a layer less', shorter, '"block/dense"'],
    ['a layer more', twice, '"more"'],
  ];

  test.each(others)('%s', async (_name, other, layer) => {
    // The last network's dense layer is read in the shape of its own file.
    const explain = createExplainer(other, {
      backend,
      method: 'pattern-net',
      patterns: await fitted,
    });
    await expect(explain).rejects.toMatchObject({
      code: 'pattern-mismatch',
      message: expect.stringContaining(`the first layer that differs is`) as string,
    });
    await expect(explain).rejects.toThrow(layer);
  });

  test('names of layers do not matter', async () => {
    const renamed = createNetwork({
      ...network,
      layers: network.layers.map((layer) => ({ ...layer, name: `other/${layer.name}` })),
    });
    const patterns = await fitted;
    const explain = async (net: Network): Promise<unknown> => {
      const explainer = await createExplainer(net, { backend, method: 'pattern-net', patterns });
      return (await explainer.explain(sliceSamples(data, 0, 2))).relevance;
    };
    expect(await explain(renamed)).toEqual(await explain(network));
  });
});

describe('a merge is refused', () => {
  test('of nothing', async () => {
    await expect(mergePatterns([])).rejects.toMatchObject({ code: 'pattern-mismatch' });
  });

  test('of another network, naming the layer', async () => {
    const other = await fitPatterns(networkOf(rows, 0.2), [data], { backend });
    await expect(mergePatterns([await fitted, other])).rejects.toMatchObject({
      code: 'pattern-mismatch',
      message: expect.stringMatching(/place 2 .*"conv"/) as string,
    });
  });

  test('of another preprocessing', async () => {
    const other = await fitPatterns(network, [data], { backend, preprocessing: 'sha256:def' });
    await expect(mergePatterns([await fitted, await fitted, other])).rejects.toMatchObject({
      code: 'pattern-mismatch',
      message: expect.stringMatching(/place 3 .*preprocessing/) as string,
    });
  });
});

/** Reads a file whole, with its moments, and explains with it. */
async function useFile(bytes: Uint8Array): Promise<void> {
  const patterns = await readFile(bytes);
  for (const { source } of patterns.layers.values()) await source?.parts[0]!();
  const explainer = await createExplainer(network, { backend, method: 'pattern-net', patterns });
  await explainer.explain(sliceSamples(data, 0, 1));
  await mergePatterns([patterns, await fitted]);
}

async function failure(bytes: Uint8Array): Promise<unknown> {
  try {
    await useFile(bytes);
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

const expectOwn = (thrown: unknown): void => {
  if (!(thrown instanceof PatternLensError)) throw thrown as Error;
  expect(thrown.message).toMatch(/\[core\] .{10,}/);
};

describe('a damaged pattern file', () => {
  test('cut anywhere is refused', async () => {
    const bytes = await file;
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        const thrown = await failure(bytes.subarray(0, length));
        expect(thrown).toMatchObject({ code: 'invalid-file' });
      }),
      { seed: 1, numRuns: 60, examples: [[0], [1], [7], [8], [9], [bytes.length - 1]] },
    );
  });

  test('with flipped bytes in its header is refused in words, or read where nothing that counts was hit', async () => {
    const bytes = await file;
    const length = bytes.length - takeApart(bytes).data.length;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 3,
        }),
        async (flips) => {
          const damaged = bytes.slice();
          for (const [at, by] of flips) damaged[at]! ^= by;
          const thrown = await failure(damaged);
          if (thrown === undefined) return;
          refused++;
          expectOwn(thrown);
        },
      ),
      { seed: 2, numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(300);
  });

  type Damage = (header: FileHeader, data: Uint8Array) => unknown;
  const description =
    (change: (description: Record<string, unknown>) => void): Damage =>
    (header) => {
      const description = JSON.parse(header.__metadata__['patternlens']!) as Record<
        string,
        unknown
      >;
      change(description);
      header.__metadata__['patternlens'] = JSON.stringify(description);
      return header;
    };
  const layers = (description: Record<string, unknown>): Record<string, unknown>[] =>
    description['layers'] as Record<string, unknown>[];
  const entry =
    (name: string, change: Partial<Record<keyof Entry, unknown>> | undefined): Damage =>
    (header) => {
      if (!change)
        return Object.fromEntries(Object.entries(header).filter(([key]) => key !== name));
      Object.assign(header[name]!, change);
      return header;
    };
  const poison =
    (name: string, value: number): Damage =>
    (header, data) => {
      const {
        dtype,
        data_offsets: [at],
      } = header[name]!;
      const view = new DataView(data.buffer, data.byteOffset);
      if (dtype === 'F32') view.setFloat32(at, value, true);
      else view.setFloat64(at, value, true);
      return header;
    };

  test.each<[string, Damage, RegExp]>([
    ['a header that is no JSON', () => '{"a": ', /header is not JSON/],
    ['a header that is a list', () => '[]', /header is not an object/],
    ['a header that is null', () => 'null', /header is not an object/],
    ['an empty header', () => '{}', /not one of patterns/],
    ['metadata that is null', (header) => ({ ...header, __metadata__: null }), /metadata|patterns/],
    ['metadata that is text', (header) => ({ ...header, __metadata__: 'x' }), /metadata|patterns/],
    ['metadata of numbers', () => ({ __metadata__: { patternlens: 3 } }), /metadata/],
    [
      'a description that is null',
      () => ({ __metadata__: { patternlens: 'null' } }),
      /description/,
    ],
    ['no JSON for a description', () => ({ __metadata__: { patternlens: '{' } }), /description/],
    ['another version', description((header) => (header['version'] = 2)), /version 2.*version 1/],
    ['no layers', description((header) => delete header['layers']), /description/],
    ['an unnamed layer', description((header) => delete layers(header)[0]!['name']), /description/],
    [
      'a layer twice',
      description((header) => layers(header).push(layers(header)[0]!)),
      /"conv".*twice/,
    ],
    ['a layer that is null', description((header) => (header['layers'] = [null])), /description/],
    ['no layout', description((header) => (layers(header)[0]!['layout'] = null)), /description/],
    ['no samples', description((header) => (header['samples'] = -1)), /description/],
    ['no fingerprint', description((header) => (header['fingerprint'] = {})), /description/],
    [
      'an odd fingerprint',
      description((header) => (header['fingerprint'] = [null])),
      /description/,
    ],
    [
      'odd estimators',
      description((header) => (header['estimators'] = ['No such'])),
      /description/,
    ],
    ['odd preprocessing', description((header) => (header['preprocessing'] = {})), /description/],
    [
      'an origin that is no origin',
      description((header) => {
        (layers(header)[1]!['layout'] as Record<string, unknown>)['origin'] = {
          tensor: 'a',
          shape: [8, 3],
          steps: [null],
        };
      }),
      /description/,
    ],
    [
      'a permutation of other axes',
      description((header) => {
        (layers(header)[1]!['layout'] as Record<string, unknown>)['origin'] = {
          tensor: 'a',
          shape: [8, 3],
          steps: [{ kind: 'permute', permutation: [1, 7] }],
        };
      }),
      /description/,
    ],
    [
      'a reshape to another size',
      description((header) => {
        (layers(header)[1]!['layout'] as Record<string, unknown>)['origin'] = {
          tensor: 'a',
          shape: [8, 3],
          steps: [{ kind: 'reshape', shape: [3, 9] }],
        };
      }),
      /block\/dense|description/,
    ],
    ['a tensor of another type', entry('conv/linear', { dtype: 'F16' }), /"conv\/linear".*F16/],
    [
      'integers for a direction',
      entry('block/dense/count', { dtype: 'F64' }),
      /block\/dense\/count/,
    ],
    ['a tensor without a shape', entry('conv/linear', { shape: 'x' }), /"conv\/linear"/],
    ['a negative size', entry('conv/linear', { shape: [-2, 3, 2, 2] }), /"conv\/linear"/],
    ['a fraction for a size', entry('conv/linear', { shape: [2.5, 3, 2, 2] }), /"conv\/linear"/],
    ['an entry that is null', (header) => ({ ...header, 'conv/linear': null }), /"conv\/linear"/],
    ['offsets backwards', entry('conv/linear', { data_offsets: [96, 0] }), /"conv\/linear"/],
    ['one offset', entry('conv/linear', { data_offsets: [0] }), /"conv\/linear"/],
    [
      'offsets behind the end',
      entry('conv/linear', { data_offsets: [1e9, 1e9 + 96] }),
      /"conv\/linear"/,
    ],
    [
      'overlapping tensors',
      entry('conv/positive', { data_offsets: [8, 104] }),
      /"conv\/positive".*overlap/,
    ],
    [
      'another shape of the same size',
      entry('conv/linear', { shape: [3, 2, 2, 2] }),
      /"conv\/linear"/,
    ],
    ['no counts', entry('conv/count', undefined), /"conv\/count"/],
    [
      'too few counts',
      entry('conv/count', { shape: [1], data_offsets: [288, 296] }),
      /"conv\/count"/,
    ],
    ['no sums of x', entry('moments/conv/x', undefined), /"moments\/conv\/x"/],
    ['no weights', entry('moments/conv/weights', undefined), /"moments\/conv\/weights"/],
    ['no direction', entry('conv/positive', undefined), /positive.*"conv"/],
    ['NaN in a direction', poison('block/dense/positive', NaN), /"block\/dense\/positive".*finite/],
    ['infinity in a direction', poison('conv/negative', Infinity), /"conv\/negative".*finite/],
    ['NaN in moments', poison('moments/conv/xy', NaN), /"moments\/conv\/xy".*finite/],
    ['NaN in weights', poison('moments/conv/weights', NaN), /"moments\/conv\/weights".*finite/],
  ])('with %s is refused in words', async (_name, damage, words) => {
    const { header, data: bytes } = takeApart(await file);
    const copy = bytes.slice();
    const thrown = await failure(putTogether(damage(structuredClone(header), copy), copy));
    expectOwn(thrown);
    expect((thrown as Error).message).toMatch(words);
  });

  test.each([2n ** 63n, 2n ** 40n, 200_000_000n, BigInt(Number.MAX_SAFE_INTEGER)])(
    'that says its header is %d bytes long is refused before anything is held',
    async (length) => {
      const bytes = (await file).slice();
      new DataView(bytes.buffer).setBigUint64(0, length, true);
      expect(await failure(bytes)).toMatchObject({ code: 'invalid-file' });
    },
  );

  test('whose moments do not fit the layer is refused when they are merged', async () => {
    const patterns = await readFile(await file);
    const conv = patterns.layers.get('conv')!;
    const short = async (): Promise<LayerMoments> => ({
      ...(await conv.source!.parts[0]!()),
      inputs: 3,
    });
    const layers = new Map(patterns.layers).set('conv', {
      ...conv,
      source: { ...conv.source!, parts: [short] },
    });
    await expect(mergePatterns([patterns, { ...patterns, layers }])).rejects.toMatchObject({
      code: 'invalid-pattern',
    });
  });
});
