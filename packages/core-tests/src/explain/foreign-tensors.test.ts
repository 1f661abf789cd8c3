import { createExplainer, fitPatterns, type ModelInput, tensor } from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { referenceBackend } from '@patternlens/reference';

const backend = referenceBackend();

/** One dense layer without activation: its gradient is its weights, its output their product with the input. */
const network = createNetwork({
  inputs: [{ name: 'x', shape: [{ batch: 1 }, 2] }],
  outputs: ['y'],
  layers: [
    {
      kind: 'dense',
      name: 'dense',
      inputs: ['x'],
      output: 'y',
      attributes: {},
      parameters: { weights: { tensor: tensor([1, 10], [1, 2]) } },
    },
  ],
});

const tfjs = (data: unknown, dtype: string, shape = [2, 2]) => ({
  dtype,
  shape,
  data: () => Promise.resolve(data),
});
const ort = (data: unknown, type: string, dims = [2, 2]) => ({
  type,
  dims,
  getData: () => Promise.resolve(data),
});

const outputs = async (input: unknown): Promise<number[]> => {
  await using explainer = await createExplainer(network, { backend, method: 'gradient' });
  return [...(await explainer.explain(input as ModelInput)).output.data];
};

// y = x0 + 10 x1, of two samples.
test.each<[string, unknown, readonly number[]]>([
  [
    'arrays of arrays',
    [
      [1, 2],
      [3, 4],
    ],
    [21, 43],
  ],
  [
    'a record of them',
    {
      x: [
        [1, 2],
        [3, 4],
      ],
    },
    [21, 43],
  ],
  [
    'a promise',
    Promise.resolve([
      [1, 2],
      [3, 4],
    ]),
    [21, 43],
  ],
  ['float32 of TensorFlow.js', tfjs(Float32Array.of(1, 2, 3, 4), 'float32'), [21, 43]],
  [
    'int32, beyond float32',
    tfjs(Int32Array.of(16777217, 0, 0, -16777217), 'int32'),
    [16777217, -167772170],
  ],
  ['bool', tfjs(Uint8Array.of(1, 0, 0, 1), 'bool'), [1, 10]],
  ['float32 of ONNX Runtime', ort(Float32Array.of(1, 2, 3, 4), 'float32'), [21, 43]],
  ['float64', ort(Float64Array.of(0.1, 0, 0, 0.2), 'float64'), [0.1, 2]],
  // 1, -2, 0.5 and 65504 as halves
  ['float16', ort(Uint16Array.of(0x3c00, 0xc000, 0x3800, 0x7bff), 'float16'), [-19, 655040.5]],
  ['uint16', ort(Uint16Array.of(0x3c00, 1, 0, 65535), 'uint16'), [15370, 655350]],
  ['uint8', ort(Uint8Array.of(255, 1, 0, 7), 'uint8'), [265, 70]],
  ['int64', ort(BigInt64Array.of(2n ** 52n + 1n, 0n, -1n, 2n), 'int64'), [2 ** 52 + 1, 19]],
])('%s', async (_name, input, expected) => {
  expect(await outputs(input)).toEqual(expected);
});

test.each<[string, unknown, string]>([
  ['numbers without a shape', Float32Array.of(1, 2), 'Write tensor(values, [1, 2])'],
  ['a plain array', [1, 2], 'Write tensor(values, [1, 2])'],
  [
    'arrays of unequal lengths',
    [[1, 2], [3]],
    'along axis 1 expected 2 entries, got an array of 1',
  ],
  ['words', [['a', 'b']], 'got the text "a"'],
  [
    'integers beyond 2^53',
    ort(BigInt64Array.of(2n ** 53n + 2n, 0n), 'int64', [1, 2]),
    '9007199254740994',
  ],
  ['texts', ort(['a', 'b'], 'string', [1, 2]), 'string'],
  ['complex numbers', tfjs(Float32Array.of(1, 2, 3, 4), 'complex64', [1, 2]), 'complex64'],
  ['one sample without a batch', { x: [1, 2] }, '[2]'],
  [
    'a tensor that is gone',
    { ...tfjs(null, 'float32'), data: () => Promise.reject(new Error('Tensor is disposed.')) },
    'Tensor is disposed.',
  ],
])('%s: said', async (_name, input, word) => {
  await expect(outputs(input)).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining(word) as string,
  });
});

test('one batch fits as a list of it does, whatever library it is of', async () => {
  const x = tensor([1, 2, 3, 5, -1, 0], [3, 2]);
  const rows = [
    [1, 2],
    [3, 5],
    [-1, 0],
  ];
  const ways = [
    [x],
    x,
    { x },
    [rows],
    tfjs(x.data, 'float32', [3, 2]),
    (async function* () {
      yield await Promise.resolve(rows);
    })(),
  ];
  for (const way of ways) {
    const { layers, samples } = await fitPatterns(network, way as [typeof x], { backend });
    expect(samples).toBe(3);
    // cov(x, y) / var(y) of y = 21, 53, -1 and x0 = 1, 3, -1: 972/13272; x1 = 2, 5, 0: 1230/13272.
    const [first, second] = layers.get('dense')!.directions['linear']!.data;
    expect(first).toBeCloseTo(972 / 13272, 9);
    expect(second).toBeCloseTo(1230 / 13272, 9);
  }
});

describe('what was not awaited or is misspelt is said', () => {
  const method = 'gradient';
  test('an explainer', async () => {
    const made = createExplainer(network, { backend, method });
    const unawaited = made as unknown as Awaited<typeof made>;
    expect(() => unawaited.explain(tensor([1, 2], [1, 2]))).toThrow(
      'const explainer = await createExplainer',
    );
    expect((await made).network.inputs[0]!.name).toBe('x');
  });

  test.each<[string, unknown, unknown, string]>([
    ['a network', Promise.resolve(network), { backend, method }, 'got a promise. Write await'],
    ['no backend', network, { method }, 'onnxBackend({ ort })'],
    [
      'a backend that was not made',
      network,
      { backend: referenceBackend, method },
      'the function referenceBackend',
    ],
    ['no method', network, { backend }, 'method: "gradient"'],
    ['an option', network, { backend, metod: method }, 'no option "metod". Did you mean "method"?'],
    [
      'patterns',
      network,
      { backend, method, patterns: Promise.resolve() },
      'got a promise. Write await',
    ],
  ])('%s', async (_name, given, options, word) => {
    const failing = createExplainer(given as typeof network, options as never);
    await expect(failing).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(word) as string,
    });
  });

  test.each<[string, unknown, string]>([
    ['a label', 'boot', 'its index, from 0'],
    ['no number', NaN, 'class NaN'],
    ['a misspelt field', { chanel: 1 }, 'Did you mean "channel"?'],
    ['no channel', { layer: 'dense' }, '{ layer: "dense", channel: 0 }'],
  ])('a target: %s', async (_name, target, word) => {
    await using explainer = await createExplainer(network, { backend, method });
    await expect(explainer.explain([[1, 2]], { target: target as number })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(word) as string,
    });
  });
});
