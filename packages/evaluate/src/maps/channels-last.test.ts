import { resolveNetwork, tensor, type Network, type Tensor } from '@patternlens/core';
import { createNetwork, inputAxes, type Layer } from '@patternlens/core/network';
import { normals, permuteTensor } from '@patternlens/core/tensor';
import { measureDegradation } from '../degradation/degradation.js';
import { measureLocalisation } from '../localisation/localisation.js';
import { contextOf, drawnTensor } from '../testing/tiny-networks.js';
import { onlyInput } from './sample-layout.js';

const N = { batch: 1 };
const draw = normals(7);
const drawn = (...shape: number[]): Tensor =>
  tensor(Float64Array.from({ length: shape.reduce((all, size) => all * size, 1) }, draw), shape);
const weights = drawn(5, 4, 3, 3);
const dense = drawn(3, 320);

/** A network over images of 8 x 8 places and 4 channels, which the file has first, or last. */
function networkOf(isLast: boolean): Network {
  const toFirst: Layer = {
    kind: 'transpose',
    name: 'to-first',
    inputs: ['image'],
    output: 'first',
    attributes: { permutation: [0, 3, 1, 2] },
    parameters: {},
  };
  return createNetwork({
    inputs: [{ name: 'image', shape: isLast ? [N, 8, 8, 4] : [N, 4, 8, 8] }],
    outputs: ['logits'],
    layers: [
      ...(isLast ? [toFirst] : []),
      {
        kind: 'convolution',
        name: 'conv',
        inputs: [isLast ? 'first' : 'image'],
        output: 'conv',
        attributes: {
          strides: [1, 1],
          dilations: [1, 1],
          padsBegin: [1, 1],
          padsEnd: [1, 1],
          groups: 1,
        },
        parameters: { weights: { tensor: weights } },
      },
      {
        kind: 'rectifier',
        name: 'relu',
        inputs: ['conv'],
        output: 'relu',
        attributes: {},
        parameters: {},
      },
      {
        kind: 'reshape',
        name: 'flat',
        inputs: ['relu'],
        output: 'flat',
        attributes: { shape: [N, 320] },
        parameters: {},
      },
      {
        kind: 'dense',
        name: 'dense',
        inputs: ['flat'],
        output: 'logits',
        attributes: {},
        parameters: { weights: { tensor: dense } },
      },
    ],
  });
}

const first = drawnTensor(11, [6, 4, 8, 8]);
const last = permuteTensor(first, [0, 2, 3, 1]);
const truth = tensor(
  Float64Array.from({ length: 6 * 64 }, (_, at) => (at % 8 < 3 && (at >> 3) % 8 < 5 ? 1 : 0)),
  [6, 8, 8],
);
const methods = ['gradient', 'input-x-gradient'] as const;
const contexts = [
  contextOf(networkOf(false), first, { truth, methods }),
  contextOf(networkOf(true), last, { truth, methods }),
] as const;

test('four channels that stand last are found behind the transpose, and named', () => {
  const network = resolveNetwork(networkOf(true));
  expect(inputAxes(networkOf(true)).get('image')).toEqual({
    batch: 0,
    channels: 3,
    spatial: [1, 2],
    names: ['batch', 'rows', 'columns', 'channels'],
  });
  expect(onlyInput('test', network)).toMatchObject({
    channels: 4,
    spatial: [8, 8],
    channelStep: 1,
  });
});

test('localisation is the same whether channels stand first or last', async () => {
  const [before, after] = await Promise.all(
    contexts.map((context) => measureLocalisation(context)),
  );
  for (const method of methods)
    expect(after!.perSample.get(method)).toEqual(before!.perSample.get(method));
});

test('degradation is the same whether channels stand first or last', async () => {
  const options = { patch: 2, leastEvery: 0 };
  const [before, after] = await Promise.all(
    contexts.map((context) => measureDegradation(context, options)),
  );
  expect([...before!.methods.keys()]).toEqual(methods);
  expect(after!.methods).toEqual(before!.methods);
  expect(after!.random).toEqual(before!.random);
});
