import {
  checkMethod,
  createExplainer,
  fitPatterns,
  resolveNetwork,
  traceMethod,
  type Network,
} from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { createOccluder, strongestActivations } from '@patternlens/core/neurons';
import { type FitCheckpoint } from '@patternlens/core/patterns';
import { defineCanonizer, definePlugin } from '@patternlens/core/rules';
import { referenceBackend } from '@patternlens/reference';
import { layerOf } from '../testing/layer-of.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const N = { batch: 1 };
const r = random(5);
const ones = { strides: [1, 1], dilations: [1, 1], padsBegin: [1, 1], padsEnd: [1, 1], groups: 1 };

/** Two convolutions and a dense layer. The plug-in's canonizer gives every layer another name. */
const network: Network = createNetwork({
  inputs: [{ name: 'image', shape: [N, 2, 5, 5] }],
  outputs: ['logits'],
  layers: [
    layerOf('convolution', 'conv1', 'image', ones, { weights: r.normal([3, 2, 3, 3]) }),
    layerOf('rectifier', 'relu1', 'conv1', {}),
    layerOf('convolution', 'conv2', 'relu1', ones, { weights: r.normal([4, 3, 3, 3]) }),
    layerOf('rectifier', 'relu2', 'conv2', {}),
    layerOf('reshape', 'flat', 'relu2', { shape: [N, 100] }),
    layerOf('dense', 'logits', 'flat', {}, { weights: r.normal([3, 100]) }),
  ],
});
const plugins = [
  definePlugin({
    name: 'prefix',
    canonizers: [
      defineCanonizer({
        name: 'prefix-names',
        apply: (given) => ({
          ...given,
          layers: given.layers.map((layer) => ({ ...layer, name: `own/${layer.name}` })),
        }),
      }),
    ],
  }),
];
const images = r.normal([9, 2, 5, 5]);
const source = {
  count: 9,
  read: (first: number, count: number) =>
    Promise.resolve({
      data: images.data.slice(first * 50, (first + count) * 50),
      shape: [count, 2, 5, 5],
    }),
};
const layer = 'own/conv2';

describe('a layer that a plug-in named is there', () => {
  const target = { layer, channel: 1, position: 'max' } as const;

  test('as a target, when explained, checked and traced', async () => {
    await using explainer = await createExplainer(network, {
      backend,
      plugins,
      method: 'gradient',
    });
    const { targets } = await explainer.explain(images, { target });
    expect(targets[0]).toMatchObject({ layer, channel: 1 });
    checkMethod(network, { method: 'gradient', plugins, target });
    expect(traceMethod(network, { method: 'gradient', plugins, layer }).layer).toBe(layer);
  });

  test('for its strongest activations', async () => {
    const strongest = await strongestActivations(network, source, {
      backend,
      plugins,
      layer,
      top: 2,
    });
    const plain = await strongestActivations(network, source, { backend, layer: 'conv2', top: 2 });
    expect(strongest).toEqual(plain);
  });

  test('under the square that slides', async () => {
    const options = { backend, size: 2, stride: 2, fill: [0, 0] };
    await using occluder = await createOccluder(network, { ...options, layer, plugins });
    await using plain = await createOccluder(network, { ...options, layer: 'conv2' });
    const image = await source.read(0, 1);
    expect(await occluder.maps(image)).toEqual(await plain.maps(image));
  });

  test('in the checkpoints of a fit, which goes on from them', async () => {
    const checkpoints: FitCheckpoint[] = [];
    const whole = await fitPatterns(network, source, {
      backend,
      plugins,
      checkpointSeconds: 0,
      onCheckpoint: (checkpoint) => {
        // The moments grow on behind the callback.
        const moments = checkpoint.moments.map(({ range, moments: sums }) => ({
          range,
          moments: structuredClone(sums),
        }));
        checkpoints.push({ ...checkpoint, moments });
        return Promise.resolve();
      },
    });
    expect([...whole.layers.keys()]).toEqual(['own/conv1', layer, 'own/logits']);
    expect(checkpoints[0]!.moments.map(({ range }) => range.layer.name)).toContain(layer);
    const resumed = await fitPatterns(network, source, {
      backend,
      plugins,
      resume: checkpoints[0],
    });
    expect(resumed.layers.get(layer)!.directions).toEqual(whole.layers.get(layer)!.directions);
  });
});

describe('a resolved network', () => {
  const resolved = resolveNetwork(network, { plugins });

  test('is returned as it is, with its plug-ins, and is what everything explains', async () => {
    expect(resolveNetwork(resolved)).toBe(resolved);
    await using explainer = await createExplainer(resolved, { backend, method: 'lrp-0' });
    expect(explainer.network).toBe(resolved);
    const { recipe } = await explainer.explain(images);
    expect(recipe.plugins).toEqual(['prefix']);
  });

  test('takes no options anew: they would be lost', () => {
    const words = 'plugins: the network is resolved already. Say this where it is resolved';
    expect(() => resolveNetwork(resolved, { plugins })).toThrow(words);
    expect(() => traceMethod(resolved, { method: 'gradient', keepOutput: true })).toThrow(
      'keepOutput',
    );
  });

  test('knows its axes and the head that was cut', () => {
    const headed = createNetwork({
      ...network,
      outputs: ['scores'],
      layers: [...network.layers, layerOf('softmax', 'scores', 'logits', { axis: 1 })],
    });
    expect(resolveNetwork(headed).head).toBe('softmax');
    expect(resolveNetwork(headed, { keepOutput: true }).head).toBeUndefined();
    expect(resolved.axes.get('image')).toEqual({
      batch: 0,
      channels: 1,
      spatial: [2, 3],
      names: ['batch', 'channels', 'rows', 'columns'],
    });
  });
});
