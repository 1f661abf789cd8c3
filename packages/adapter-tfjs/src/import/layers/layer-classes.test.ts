/** @jest-environment ./src/testing/tfjs-environment.js */
import type { Network, TensorRecord } from '@patternlens/core';
import * as tf from '@tensorflow/tfjs';
import { readLayersModel } from '../../read-tfjs.js';
import { outputOf, worstSample } from '../../testing/agreement.js';
import { fillWeights, predicted, sampleOf, savedFiles } from '../../testing/tfjs-models.js';

const L = tf.layers;
type Layers = tf.layers.Layer[];

const sequential = (inputShape: number[], ...layers: Layers): tf.LayersModel =>
  tf.sequential({ layers: [L.inputLayer({ inputShape }), ...layers] });

type Make = (x: tf.SymbolicTensor, y: tf.SymbolicTensor) => tf.SymbolicTensor;

/** A model of two inputs. */
const joined = (inputShape: number[], make: Make, otherShape = inputShape): tf.LayersModel => {
  const x = tf.input({ shape: inputShape }),
    y = tf.input({ shape: otherShape });
  return tf.model({ inputs: [x, y], outputs: make(x, y) });
};

const apply = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor =>
  layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.SymbolicTensor;

const same = { padding: 'same' } as const;
const first = { dataFormat: 'channelsFirst' } as const;

const sized: [string, number[], () => Layers][] = [];
for (const size of [7, 8])
  for (const strides of [1, 2, 3])
    for (const padding of ['same', 'valid'] as const) {
      const word = `${size} by strides of ${strides}, ${padding}`;
      const options = { strides, padding, kernelSize: 3 };
      const pool = { strides: [strides, strides] as [number, number], padding };
      sized.push(
        [`Conv2D on ${word}`, [size, size + 1, 2], () => [L.conv2d({ filters: 3, ...options })]],
        [
          `Conv2D with an even kernel on ${word}`,
          [size, size + 1, 2],
          () => [L.conv2d({ filters: 3, ...options, kernelSize: [2, 4] })],
        ],
        [
          `DepthwiseConv2D on ${word}`,
          [size, size, 3],
          () => [L.depthwiseConv2d({ ...options, depthMultiplier: 2 })],
        ],
        [
          `Conv2DTranspose on ${word}`,
          [size, size - 2, 2],
          () => [L.conv2dTranspose({ filters: 3, ...options })],
        ],
        [
          `Conv2DTranspose with a kernel of 2 on ${word}`,
          [size, size - 2, 2],
          () => [L.conv2dTranspose({ filters: 3, ...options, kernelSize: 2 })],
        ],
        [
          `AveragePooling2D on ${word}`,
          [size, size + 2, 3],
          () => [L.averagePooling2d({ poolSize: 3, ...pool })],
        ],
        [
          `MaxPooling2D on ${word}`,
          [size, size + 2, 3],
          () => [L.maxPooling2d({ poolSize: [3, 2], ...pool })],
        ],
      );
    }

const chains: readonly [string, number[], () => Layers][] = [
  ...sized,
  ['Dense', [5], () => [L.dense({ units: 4, activation: 'relu' })]],
  ['Dense without bias', [5], () => [L.dense({ units: 4, useBias: false })]],
  ['Dense on three axes', [3, 4, 5], () => [L.dense({ units: 2, activation: 'tanh' })]],
  [
    'Dense on the channels of a convolution',
    [4, 5, 2],
    () => [
      L.conv2d({ filters: 3, kernelSize: 2 }),
      L.dense({ units: 4 }),
      L.flatten(),
      L.dense({ units: 2 }),
    ],
  ],
  ['Dense with softmax on two axes', [3, 5], () => [L.dense({ units: 4, activation: 'softmax' })]],
  ...(
    [
      'elu',
      'hardSigmoid',
      'linear',
      'relu',
      'relu6',
      'selu',
      'sigmoid',
      'softmax',
      'softplus',
      'softsign',
      'tanh',
      'swish',
      'mish',
      'gelu',
      'gelu_new',
    ] as const
  ).map((activation): [string, number[], () => Layers] => [
    `Activation ${activation}`,
    [4, 3],
    () => [L.activation({ activation }), L.conv1d({ filters: 2, kernelSize: 1, activation })],
  ]),
  ['Conv1D', [9, 2], () => [L.conv1d({ filters: 3, kernelSize: 3, strides: 2, ...same })]],
  ['Conv1D, dilated', [9, 2], () => [L.conv1d({ filters: 3, kernelSize: 3, dilationRate: 2 })]],
  [
    'Conv2D, dilated',
    [9, 8, 2],
    () => [L.conv2d({ filters: 3, kernelSize: 3, dilationRate: 2, ...same })],
  ],
  [
    'Conv2D, channels first',
    [2, 7, 8],
    () => [L.conv2d({ filters: 3, kernelSize: 3, strides: 2, ...same, ...first })],
  ],
  [
    'channels first, pooled and flattened',
    [2, 7, 8],
    () => [
      L.conv2d({ filters: 3, kernelSize: 3, ...first }),
      L.maxPooling2d({ poolSize: 2, ...first }),
      L.flatten({ ...first }),
      L.dense({ units: 3 }),
    ],
  ],
  [
    'Conv3D',
    [4, 5, 6, 2],
    () => [L.conv3d({ filters: 3, kernelSize: [2, 3, 2], strides: [1, 2, 1], ...same })],
  ],
  [
    'Conv3DTranspose',
    [3, 4, 3, 2],
    () => [L.conv3dTranspose({ filters: 2, kernelSize: 3, strides: 2, ...same })],
  ],
  [
    'SeparableConv2D',
    [7, 6, 2],
    () => [
      L.separableConv2d({
        filters: 4,
        kernelSize: 3,
        depthMultiplier: 2,
        activation: 'relu',
        ...same,
      }),
    ],
  ],
  [
    'SeparableConv2D, strides',
    [7, 6, 2],
    () => [L.separableConv2d({ filters: 4, kernelSize: 3, strides: 2, useBias: false })],
  ],
  [
    'pools of one axis',
    [9, 3],
    () => [
      L.averagePooling1d({ poolSize: 2, ...same }),
      L.maxPooling1d({ poolSize: 3, strides: 2 }),
    ],
  ],
  [
    'pools of three axes',
    [5, 6, 7, 2],
    () => [
      L.averagePooling3d({ poolSize: 2, ...same }),
      L.maxPooling3d({ poolSize: 2, strides: [1, 1, 1] }),
    ],
  ],
  ['GlobalAveragePooling1D', [6, 3], () => [L.globalAveragePooling1d({})]],
  ['GlobalMaxPooling1D', [6, 3], () => [L.globalMaxPooling1d({})]],
  [
    'GlobalAveragePooling2D',
    [4, 5, 3],
    () => [L.conv2d({ filters: 2, kernelSize: 2 }), L.globalAveragePooling2d({})],
  ],
  [
    'GlobalMaxPooling2D',
    [4, 5, 3],
    () => [L.conv2d({ filters: 2, kernelSize: 2 }), L.globalMaxPooling2d({})],
  ],
  [
    'GlobalAveragePooling2D, channels first',
    [3, 4, 5],
    () => [L.globalAveragePooling2d({ ...first })],
  ],
  ['BatchNormalization', [5], () => [L.batchNormalization({ epsilon: 0.01 })]],
  ['BatchNormalization without scale', [4, 4, 3], () => [L.batchNormalization({ scale: false })]],
  ['BatchNormalization without centre', [4, 4, 3], () => [L.batchNormalization({ center: false })]],
  [
    'BatchNormalization of a sequence',
    [4, 3],
    () => [L.conv1d({ filters: 2, kernelSize: 2 }), L.batchNormalization()],
  ],
  ['LayerNormalization', [4, 5, 3], () => [L.layerNormalization()]],
  [
    'LayerNormalization of channels first inside',
    [4, 5, 3],
    () => [L.conv2d({ filters: 3, kernelSize: 2 }), L.layerNormalization({ axis: [2, 3] })],
  ],
  [
    'LayerNormalization without affine',
    [6],
    () => [L.layerNormalization({ scale: false, center: false })],
  ],
  ['ReLU', [4, 3], () => [L.reLU()]],
  ['ReLU with a limit', [4, 3], () => [L.reLU({ maxValue: 0.5 })]],
  ['LeakyReLU', [4, 3], () => [L.leakyReLU({ alpha: 0.1 })]],
  ['ELU', [4, 3], () => [L.elu()]],
  ['Softmax', [4, 3], () => [L.softmax({ axis: -1 })]],
  [
    'Softmax behind a convolution',
    [4, 5, 2],
    () => [L.conv2d({ filters: 3, kernelSize: 2 }), L.softmax({ axis: -1 })],
  ],
  ['PReLU', [4, 5, 3], () => [L.prelu()]],
  [
    'PReLU behind a convolution, shared',
    [4, 5, 2],
    () => [L.conv2d({ filters: 3, kernelSize: 2 }), L.prelu({ sharedAxes: [1, 2] })],
  ],
  [
    'PReLU behind a convolution',
    [4, 5, 2],
    () => [L.conv2d({ filters: 3, kernelSize: 2 }), L.prelu()],
  ],
  [
    'Flatten behind a convolution',
    [4, 5, 2],
    () => [L.conv2d({ filters: 3, kernelSize: 2 }), L.flatten(), L.dense({ units: 3 })],
  ],
  [
    'Reshape behind a convolution',
    [4, 5, 2],
    () => [L.conv2d({ filters: 3, kernelSize: 2 }), L.reshape({ targetShape: [6, -1] })],
  ],
  [
    'Permute',
    [4, 5, 2],
    () => [L.conv2d({ filters: 3, kernelSize: 2 }), L.permute({ dims: [3, 1, 2] })],
  ],
  ['RepeatVector', [4], () => [L.repeatVector({ n: 3 }), L.conv1d({ filters: 2, kernelSize: 2 })]],
  [
    'ZeroPadding2D',
    [4, 5, 2],
    () => [
      L.zeroPadding2d({
        padding: [
          [1, 2],
          [0, 3],
        ],
      }),
      L.conv2d({ filters: 2, kernelSize: 3 }),
    ],
  ],
  [
    'ZeroPadding2D, channels first',
    [2, 4, 5],
    () => [L.zeroPadding2d({ padding: [1, 2], ...first })],
  ],
  [
    'Cropping2D',
    [6, 7, 2],
    () => [
      L.conv2d({ filters: 2, kernelSize: 1 }),
      L.cropping2D({
        cropping: [
          [1, 2],
          [0, 3],
        ],
      }),
    ],
  ],
  [
    'Cropping2D, channels first',
    [2, 6, 7],
    () => [
      L.cropping2D({
        cropping: [
          [1, 2],
          [0, 3],
        ],
        ...first,
      }),
    ],
  ],
  [
    'UpSampling2D',
    [3, 4, 2],
    () => [L.conv2d({ filters: 2, kernelSize: 1 }), L.upSampling2d({ size: [2, 3] })],
  ],
  [
    'UpSampling2D, bilinear',
    [3, 4, 2],
    () => [L.upSampling2d({ size: [2, 3], interpolation: 'bilinear' })],
  ],
  ['UpSampling2D, channels first', [2, 3, 4], () => [L.upSampling2d({ size: [2, 2], ...first })]],
  ['Rescaling', [3, 4, 2], () => [L.rescaling({ scale: 0.5, offset: -1 })]],
  [
    'layers that only train',
    [6, 4],
    () => [
      L.dropout({ rate: 0.5 }),
      L.gaussianNoise({ stddev: 1 }),
      L.gaussianDropout({ rate: 0.5 }),
      L.alphaDropout({ rate: 0.5 }),
      L.spatialDropout1d({ rate: 0.5 }),
      L.dense({ units: 2 }),
    ],
  ],
  [
    'TimeDistributed Dense',
    [4, 3],
    () => [L.timeDistributed({ layer: L.dense({ units: 2, activation: 'relu' }) })],
  ],
  [
    'TimeDistributed around what works on images',
    [3, 6, 5, 2],
    () => [
      L.timeDistributed({ layer: L.conv2d({ filters: 3, kernelSize: 3, padding: 'same' }) }),
      L.timeDistributed({ layer: L.batchNormalization() }),
      L.timeDistributed({ layer: L.maxPooling2d({ poolSize: 2 }) }),
      L.timeDistributed({ layer: L.flatten() }),
      L.timeDistributed({ layer: L.dense({ units: 2 }) }),
    ],
  ],
];

const conv = (filters: number): tf.layers.Layer => L.conv2d({ filters, kernelSize: 2 });

const graphs: readonly [string, () => tf.LayersModel][] = [
  ['Add', () => joined([4, 5, 2], (x, y) => apply(L.add(), apply(conv(3), x), apply(conv(3), y)))],
  [
    'Add of an input and a convolution',
    () =>
      joined([4, 5, 2], (x, y) =>
        apply(L.add(), x, apply(L.conv2d({ filters: 2, kernelSize: 1 }), y)),
      ),
  ],
  ['Average', () => joined([4], (x, y) => apply(L.average(), x, y))],
  [
    'Multiply, broadcasting',
    () => joined([4, 5, 2], (x, y) => apply(L.multiply(), apply(conv(2), x), y), [2]),
  ],
  ['Maximum', () => joined([4, 2], (x, y) => apply(L.maximum(), x, y, x))],
  ['Minimum', () => joined([4, 2], (x, y) => apply(L.minimum(), x, y))],
  [
    'Concatenate of channels',
    () => joined([4, 5, 2], (x, y) => apply(L.concatenate(), apply(conv(3), x), apply(conv(1), y))),
  ],
  [
    'Concatenate of rows',
    () =>
      joined([4, 5, 2], (x, y) =>
        apply(L.concatenate({ axis: 1 }), apply(conv(3), x), apply(conv(3), y)),
      ),
  ],
  ['Dot', () => joined([4], (x, y) => apply(L.dot({ axes: 1 }), x, y))],
  [
    'a shared layer',
    () =>
      joined([4, 5, 2], (x, y) => {
        const shared = conv(3);
        return apply(L.add(), apply(shared, x), apply(shared, y));
      }),
  ],
  [
    'a model in a model, used twice',
    () =>
      joined([4, 5, 2], (x, y) => {
        const inner = tf.sequential({
          layers: [
            L.conv2d({ filters: 3, kernelSize: 2, inputShape: [4, 5, 2], activation: 'relu' }),
            L.flatten(),
            L.dense({ units: 3 }),
          ],
        });
        return apply(L.concatenate(), apply(inner, x), apply(inner, y));
      }),
  ],
  [
    'a model of two inputs in a model',
    () => {
      const inner = joined([4], (x, y) => apply(L.add(), apply(L.dense({ units: 3 }), x), y), [3]);
      return joined(
        [4],
        (x, y) => apply(L.activation({ activation: 'relu' }), apply(inner, x, y)),
        [3],
      );
    },
  ],
  [
    'a Sequential model of models',
    () =>
      tf.sequential({
        layers: [
          tf.sequential({
            layers: [L.conv2d({ filters: 2, kernelSize: 2, inputShape: [4, 5, 2] })],
          }),
          tf.sequential({
            layers: [
              L.flatten({ inputShape: [3, 4, 2] }),
              L.dense({ units: 3, activation: 'softmax' }),
            ],
          }),
        ],
      }),
  ],
  [
    'outputs, of which the first counts',
    () => {
      const x = tf.input({ shape: [4] });
      const hidden = apply(L.dense({ units: 3 }), x);
      return tf.model({
        inputs: x,
        outputs: [apply(L.activation({ activation: 'relu' }), hidden), hidden],
      });
    },
  ],
];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Inputs under the names that a network has for them. */
const named = (network: Network, inputs: TensorRecord): TensorRecord => {
  const values = Object.values(inputs);
  return Object.fromEntries(network.inputs.map(({ name }, index) => [name, values[index]!]));
};

async function agree(model: tf.LayersModel, seed: number): Promise<void> {
  fillWeights(model, seed);
  for (const batch of [1, 3]) {
    const inputs = Object.fromEntries(
      model.inputs.map((input, index) => [
        input.name,
        sampleOf([batch, ...(input.shape.slice(1) as number[])], seed + 100 + index),
      ]),
    );
    const wanted = await predicted(model, inputs);
    for (const network of [
      await readLayersModel(await savedFiles(model)),
      await readLayersModel(model),
    ])
      expect(worstSample(await outputOf(network, named(network, inputs)), wanted)).toBeLessThan(
        1e-5,
      );
  }
}

test.each(chains)('%s', async (_name, inputShape, layers) => {
  await agree(sequential(inputShape, ...layers()), inputShape.length * 7);
});

test.each(graphs)('%s', async (_name, make) => {
  await agree(make(), 11);
});

/** A model whose one layer is given another configuration and weights in what was saved. */
async function withConfig(
  model: tf.LayersModel,
  change: (text: string) => string,
): Promise<Network> {
  const files = await savedFiles(model);
  const json = change(new TextDecoder().decode(files['model.json']));
  return readLayersModel({ ...files, 'model.json': new TextEncoder().encode(json) });
}

// What TensorFlow.js computes wrongly or refuses is compared with what means the same.

test.each([1, 2])(
  'BatchNormalization on axis %i is one on the last axis of the permuted input',
  async (axis) => {
    const dims = axis === 1 ? [3, 2, 1] : [1, 3, 2];
    const model = sequential(
      [4, 5, 3],
      L.permute({ dims }),
      L.batchNormalization(),
      L.permute({ dims }),
    );
    fillWeights(model, axis);
    const alone = sequential([4, 5, 3], L.batchNormalization({ axis }));
    alone.setWeights(model.getWeights());
    const x = sampleOf([3, 4, 5, 3], 5);
    const network = await readLayersModel(alone);
    const output = await outputOf(network, { [network.inputs[0]!.name]: x });
    expect(worstSample(output, await predicted(model, { x }))).toBeLessThan(1e-5);
  },
);

test('a dilated DepthwiseConv2D, whose dilation TensorFlow.js forgets', async () => {
  const model = sequential(
    [8, 9, 2],
    L.depthwiseConv2d({ kernelSize: 3, dilationRate: 2, depthMultiplier: 2 }),
  );
  fillWeights(model, 3);
  const x = sampleOf([3, 8, 9, 2], 5);
  const network = await readLayersModel(model);
  const output = await outputOf(network, { [network.inputs[0]!.name]: x });
  const [kernel, bias] = model.getWeights() as [tf.Tensor4D, tf.Tensor1D];
  const given = tf.tensor4d(x.data as Float32Array, [3, 8, 9, 2]);
  const wanted = tf.depthwiseConv2d(given, kernel, 1, 'valid', 'NHWC', 2).add(bias);
  expect(
    worstSample(output, { data: await wanted.data<'float32'>(), shape: wanted.shape }),
  ).toBeLessThan(1e-5);
});

test('a causal Conv1D is one with zeros before its input', async () => {
  const options = { filters: 3, kernelSize: 3, dilationRate: 2 };
  const model = sequential([9, 2], L.conv1d(options));
  fillWeights(model, 3);
  const network = await withConfig(model, (text) => text.replace('"valid"', '"causal"'));
  const x = sampleOf([3, 9, 2], 5);
  const output = await outputOf(network, { [network.inputs[0]!.name]: x });
  const padded = tf.pad(tf.tensor3d(x.data as Float32Array, [3, 9, 2]), [
    [0, 0],
    [4, 0],
    [0, 0],
  ]);
  const longer = sequential([13, 2], L.conv1d(options));
  longer.setWeights(model.getWeights());
  const wanted = longer.predict(padded) as tf.Tensor;
  expect(
    worstSample(output, { data: await wanted.data<'float32'>(), shape: wanted.shape }),
  ).toBeLessThan(1e-5);
});
