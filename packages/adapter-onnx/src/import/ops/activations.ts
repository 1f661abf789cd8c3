import { besideBatch } from './beside-batch.js';
import { clipBetween } from './clip-between.js';
import { fixedSize } from './fixed-size.js';
import type { ActivationAttributes } from '@patternlens/core';
import type { Handler } from '../handler.js';
import type { NodeView } from '../node-view.js';

const activation =
  (attributes: (node: NodeView) => ActivationAttributes): Handler =>
  (node, context) => {
    context.layer(node, 'activation', [node.runtime(0)], attributes(node));
  };

export const Relu: Handler = (node, context) => {
  context.layer(node, 'rectifier', [node.runtime(0)], {});
};

export const Sigmoid = activation(() => ({ function: 'sigmoid' }));
export const Tanh = activation(() => ({ function: 'tanh' }));
export const Softplus = activation(() => ({ function: 'softplus' }));
export const Softsign = activation(() => ({ function: 'softsign' }));
export const HardSwish = activation(() => ({ function: 'hard-swish' }));
export const Mish = activation(() => ({ function: 'mish' }));
export const LeakyRelu = activation((node) => ({
  function: 'leaky-rectifier',
  slope: node.float('alpha', 0.01),
}));
export const Elu = activation((node) => ({ function: 'elu', alpha: node.float('alpha', 1) }));
export const Celu = activation((node) => ({ function: 'celu', alpha: node.float('alpha', 1) }));
export const Selu = activation((node) => ({
  function: 'selu',
  alpha: node.float('alpha', 1.6732632423543772),
  gamma: node.float('gamma', 1.0507009873554805),
}));
export const HardSigmoid = activation((node) => ({
  function: 'hard-sigmoid',
  alpha: node.float('alpha', 0.2),
  beta: node.float('beta', 0.5),
}));
export const Gelu = activation((node) => ({
  function: 'gelu',
  approximation: node.string('approximate', 'none') === 'tanh' ? 'tanh' : 'none',
}));
export const Swish = activation((node) => {
  const alpha = node.float('alpha', 1);
  return alpha === 1 ? { function: 'silu' } : node.unsupported(`alpha ${alpha}; 1 is supported.`);
});

/** A clip that only cuts below 0 is a rectifier. */
export const Clip: Handler = (node, context) => {
  const x = node.runtime(0);
  const low = node.number('min', 1, -Infinity),
    high = node.number('max', 2, Infinity);
  clipBetween(node, context, x, low, high);
};

export const PRelu: Handler = (node, context) => {
  const x = node.runtime(0);
  const slope = node.constant(1, 'slope');
  const { data } = slope.tensor;
  if (data.length === 1) {
    context.layer(node, 'activation', [x], { function: 'leaky-rectifier', slope: data[0]! });
    return;
  }
  context.layer(
    node,
    'activation',
    [x],
    { function: 'parametric-rectifier' },
    { slope: besideBatch(node, slope, x) },
  );
};

/** Softmax and its logarithm: before version 13 they ran over all axes from the given one on. */
const softmaxOf =
  (kind: 'softmax' | 'log-softmax'): Handler =>
  (node, context) => {
    const x = node.runtime(0);
    const rank = x.shape.length;
    const axis = node.axis(node.int('axis', node.opset < 13 ? 1 : -1), rank);
    fixedSize(node, x.shape, axis);
    const behind = x.shape.slice(axis + 1);
    if (node.opset >= 13 || behind.every((dim) => dim === 1)) {
      context.layer(node, kind, [x], { axis });
      return;
    }
    const total = x.shape
      .slice(axis)
      .reduce<number>((product, _, at) => product * fixedSize(node, x.shape, axis + at), 1);
    const flat = context.step(node, 'flatten', 'reshape', [x], {
      shape: [...x.shape.slice(0, axis), total],
    });
    const made = context.step(node, kind, kind, [flat], { axis });
    context.layer(node, 'reshape', [made], { shape: x.shape });
  };

export const Softmax = softmaxOf('softmax');
export const LogSoftmax = softmaxOf('log-softmax');
