// A small residual network for the generated data: what it is, its training program, and the network with trained weights.
import { tensor } from '@patternlens/core';
import { ProgramBuilder } from '@patternlens/core/backend';
import { createNetwork } from '@patternlens/core/network';
import { normals } from '@patternlens/core/tensor';
import { GENERATOR } from '@patternlens/data';
import { sizeOf } from './train-classifier.js';

const N = { batch: 1 };
const classes = GENERATOR.classes.length;
const window = (stride) => ({
  strides: [stride, stride],
  padsBegin: [1, 1],
  padsEnd: [1, 1],
  dilations: [1, 1],
  groups: 1,
});

/** Three stages of 12, 16 and 24 channels, of so many blocks each, as in He et al. 2016 without normalisation: conv - rectifier - conv, added to what it
 * began with, and a rectifier. Between stages a convolution of stride 2; at the end the mean over all places and a dense layer. */
function residualLayers(blocks) {
  const layers = [];
  let at = 'image',
    channels = GENERATOR.shape[0];
  const convolution = (name, to, stride = 1) => {
    layers.push({ kind: 'convolution', name, from: [at], weights: [to, channels, 3, 3], stride });
    [at, channels] = [name, to];
  };
  const rectifier = () => {
    layers.push({ kind: 'rectifier', name: `${at}/relu`, from: [at] });
    at = `${at}/relu`;
  };
  [12, 16, 24].forEach((width, stage) => {
    convolution(`stage${stage + 1}`, width, stage === 0 ? 1 : 2);
    rectifier();
    for (let block = 1; block <= blocks; block++) {
      const name = `stage${stage + 1}.block${block}`;
      const before = at;
      convolution(`${name}.conv1`, width);
      rectifier();
      convolution(`${name}.conv2`, width);
      layers.push({ kind: 'add', name, from: [at, before] });
      at = name;
      rectifier();
    }
  });
  layers.push({ kind: 'mean', name: 'pool', from: [at] });
  layers.push({ kind: 'reshape', name: 'flat', from: ['pool'], shape: [N, channels] });
  layers.push({ kind: 'dense', name: 'dense', from: ['flat'], weights: [classes, channels] });
  return layers;
}

const parametersOf = (layers) =>
  layers
    .filter(({ weights }) => weights !== undefined)
    .flatMap(({ name, weights }) => [
      { name: `${name}.weight`, shape: weights },
      { name: `${name}.bias`, shape: [weights[0]] },
    ]);

/** Each kind's value, and what it gives back to its inputs; gradients of parameters go into a record. */
const KINDS = {
  convolution: (ops, { name, stride, weights }, [x], w, gradients) => ({
    value: ops.add(
      ops.conv(x, w[`${name}.weight`], window(stride)),
      ops.reshape(w[`${name}.bias`], [weights[0], 1, 1]),
    ),
    back: (r) => {
      gradients[`${name}.weight`] = ops.convWeightGradient(x, r, window(stride), [3, 3]);
      gradients[`${name}.bias`] = ops.reshape(ops.reduceSum(r, [0, 2, 3]), [weights[0]]);
      return [ops.convInputGradient(r, w[`${name}.weight`], window(stride), x.shape.slice(2))];
    },
  }),
  rectifier: (ops, _layer, [x]) => ({
    value: ops.relu(x),
    back: (r) => [ops.mul(r, ops.isPositive(x))],
  }),
  add: (ops, _layer, [a, b]) => ({ value: ops.add(a, b), back: (r) => [r, r] }),
  mean: (ops, _layer, [x]) => {
    const places = ops.scalar(1 / sizeOf(x.shape.slice(2)));
    return {
      value: ops.mul(ops.reduceSum(x, [2, 3]), places),
      back: (r) => [ops.broadcast(ops.mul(r, places), x.shape)],
    };
  },
  reshape: (ops, { shape }, [x]) => ({
    value: ops.reshape(x, shape),
    back: (r) => [ops.reshape(r, x.shape)],
  }),
  dense: (ops, { name, weights }, [x], w, gradients) => ({
    value: ops.add(ops.matmul(x, ops.transpose(w[`${name}.weight`], [1, 0])), w[`${name}.bias`]),
    back: (r) => {
      gradients[`${name}.weight`] = ops.matmul(ops.transpose(r, [1, 0]), x);
      gradients[`${name}.bias`] = ops.reshape(ops.reduceSum(r, [0]), [weights[0]]);
      return [ops.matmul(r, w[`${name}.weight`])];
    },
  }),
};

/** Logits, and the gradient of the summed cross entropy to every parameter. */
function trainingProgram(layers, parameters) {
  const ops = new ProgramBuilder();
  const values = new Map([['image', ops.input('image', [N, ...GENERATOR.shape])]]);
  const labels = ops.input('labels', [N, classes]);
  const w = Object.fromEntries(parameters.map(({ name, shape }) => [name, ops.input(name, shape)]));
  const gradients = {};
  const backs = layers.map((layer) => {
    const inputs = layer.from.map((name) => values.get(name));
    const { value, back } = KINDS[layer.kind](ops, layer, inputs, w, gradients);
    values.set(layer.name, value);
    return back;
  });
  const logits = values.get(layers.at(-1).name);
  const exponentials = ops.exp(ops.sub(logits, ops.reduceMax(logits, [1])));
  const probabilities = ops.div(exponentials, ops.reduceSum(exponentials, [1]));
  const arrived = new Map([[layers.at(-1).name, ops.sub(probabilities, labels)]]);
  layers.toReversed().forEach(({ name, from }, index) => {
    const sent = backs[layers.length - 1 - index](arrived.get(name));
    from.forEach((input, which) => {
      const before = arrived.get(input);
      arrived.set(input, before === undefined ? sent[which] : ops.add(before, sent[which]));
    });
  });
  ops.output('logits', logits);
  for (const { name } of parameters) ops.output(`gradient:${name}`, gradients[name]);
  return ops.build();
}

/** Normal weights by He et al. 2015; the second convolution of a block begins small, so that blocks begin as the identity. Biases are zero. */
function initialWeights(parameters, seed) {
  const draw = normals(seed);
  return Object.fromEntries(
    parameters.map(({ name, shape }) => {
      const gain = name.endsWith('bias') ? 0 : Math.sqrt(2 / sizeOf(shape.slice(1)));
      const spread = name.includes('.conv2.') ? gain / 4 : gain;
      return [name, Float32Array.from({ length: sizeOf(shape) }, () => spread * draw())];
    }),
  );
}

/** What training needs, and the network that the weights make. */
export function residualNetwork(blocks, seed) {
  const layers = residualLayers(blocks);
  const parameters = parametersOf(layers);
  const weights = initialWeights(parameters, seed);
  const attributes = {
    convolution: ({ stride }) => window(stride),
    add: () => ({ signs: [1, 1] }),
    mean: () => ({ axes: [2, 3] }),
    reshape: ({ shape }) => ({ shape }),
  };
  const trained = ({ kind, name, weights: shape }) => {
    const places = kind === 'convolution' ? [shape[0], 1, 1] : [shape[0]];
    return {
      weights: { tensor: tensor(weights[`${name}.weight`], shape) },
      bias: { tensor: tensor(weights[`${name}.bias`], places) },
    };
  };
  const build = () =>
    createNetwork({
      inputs: [{ name: 'image', shape: [N, ...GENERATOR.shape] }],
      outputs: ['dense'],
      layers: layers.map((layer) => ({
        kind: layer.kind,
        name: layer.name,
        inputs: layer.from,
        output: layer.name,
        attributes: attributes[layer.kind]?.(layer) ?? {},
        parameters: layer.weights === undefined ? {} : trained(layer),
      })),
    });
  return { program: trainingProgram(layers, parameters), parameters, weights, build };
}
