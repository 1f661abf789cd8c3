import {
  axisOfSample,
  build,
  clipBetween,
  elementwise,
  SELU,
  sizeAlong,
  smooth,
  type Operation,
} from '@patternlens/importing';
import type { ActivationAttributes } from '@patternlens/core/network';
import type { OnnxNode } from '../node-view.js';

const activation = (attributes: (node: OnnxNode) => ActivationAttributes): Operation<OnnxNode> =>
  elementwise.activationOf((node: OnnxNode) => smooth(attributes(node)));

const swish = (node: OnnxNode): ActivationAttributes => {
  const alpha = node.float('alpha', 1);
  return alpha === 1 ? { function: 'silu' } : node.unsupported(`alpha ${alpha}; 1 is supported.`);
};

const prelu: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const slope = node.parameter(1, 'slope');
  const { data } = slope.tensor;
  return data.length === 1
    ? build.activate(context, node, x, smooth({ function: 'leaky-rectifier', slope: data[0]! }))
    : build.rectifyByParameter(context, node, x, slope);
};

/** Softmax and its logarithm: before version 13 they ran over all axes from the given one on. */
const softmaxOf =
  (kind: 'softmax' | 'log-softmax'): Operation<OnnxNode> =>
  (node, context) => {
    const x = node.runtime(0);
    const axis = axisOfSample(node, x, node.int('axis', node.opset < 13 ? 1 : -1));
    const behind = x.shape.slice(axis + 1);
    if (node.opset >= 13 || behind.every((dim) => dim === 1))
      return build.activate(context, node, x, { kind, axis });
    const total = behind.reduce<number>(
      (product, _, at) => product * sizeAlong(node, x.shape, axis + 1 + at),
      sizeAlong(node, x.shape, axis),
    );
    const flat = build.reshape(context, node.part('flatten'), x, [
      ...x.shape.slice(0, axis),
      total,
    ]);
    const made = build.activate(context, node.part(kind), flat, { kind, axis });
    return build.reshape(context, node, made, x.shape);
  };

export const activations: Readonly<Record<string, Operation<OnnxNode>>> = {
  Celu: activation((node) => ({ function: 'celu', alpha: node.float('alpha', 1) })),
  Clip: elementwise.activationOf((node: OnnxNode) =>
    clipBetween(node.number('min', 1, -Infinity), node.number('max', 2, Infinity)),
  ),
  Elu: activation((node) => ({ function: 'elu', alpha: node.float('alpha', 1) })),
  Gelu: activation((node) => ({
    function: 'gelu',
    approximation: node.string('approximate', 'none') === 'tanh' ? 'tanh' : 'none',
  })),
  HardSigmoid: activation((node) => ({
    function: 'hard-sigmoid',
    alpha: node.float('alpha', 0.2),
    beta: node.float('beta', 0.5),
  })),
  HardSwish: activation(() => ({ function: 'hard-swish' })),
  LeakyRelu: activation((node) => ({
    function: 'leaky-rectifier',
    slope: node.float('alpha', 0.01),
  })),
  LogSoftmax: softmaxOf('log-softmax'),
  Mish: activation(() => ({ function: 'mish' })),
  PRelu: prelu,
  Selu: activation((node) => ({
    function: 'selu',
    alpha: node.float('alpha', SELU.alpha),
    gamma: node.float('gamma', SELU.gamma),
  })),
  Softmax: softmaxOf('softmax'),
  Swish: activation(swish),
};
