import {
  axisOfSample,
  build,
  clipBetween,
  elementwise,
  extrema,
  scalarParameter,
  SELU,
  sizeAlong,
  smooth,
  type ImportContext,
  type Operation,
  type RuntimeValue,
} from '@patternlens/importing';
import { reshapeParameter, type ActivationAttributes } from '@patternlens/core/network';
import type { OnnxNode } from '../node-view.js';

const activation = (attributes: (node: OnnxNode) => ActivationAttributes): Operation<OnnxNode> =>
  elementwise.activationOf((node: OnnxNode) => smooth(attributes(node)));

const swish: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const alpha = node.float('alpha', 1);
  if (alpha === 1) return build.activate(context, node, x, smooth({ function: 'silu' }));
  const scaled = build.scale(context, node.part('alpha'), x, scalarParameter(alpha));
  const share = smooth({ function: 'sigmoid' });
  const gate = build.activate(context, node.part('sigmoid'), scaled, share);
  return build.pair(context, node, 'product', [x, gate]);
};

const prelu: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const given = node.input(1);
  if (given.kind === 'runtime') return rectifyByValue(node, context, x, given);
  const slope = node.parameter(1, 'slope');
  const { data, shape } = slope.tensor;
  if (shape.length > x.shape.length)
    node.invalid(`its slope of shape [${shape.join(', ')}] has more axes than its input.`);
  if (data.length === 1)
    return build.activate(
      context,
      node,
      x,
      smooth({ function: 'leaky-rectifier', slope: data[0]! }),
    );
  // Before version 7, a slope for each channel was a list.
  const behind = node.opset < 7 && shape.length === 1 ? x.shape.slice(2).map(() => 1) : [];
  const along = behind.length > 0 ? reshapeParameter(slope, [data.length, ...behind]) : slope;
  return build.rectifyByParameter(context, node, x, along);
};

/** A slope that is computed: what is above 0, and what is below times the slope. */
function rectifyByValue(
  node: OnnxNode,
  context: ImportContext,
  x: RuntimeValue,
  slope: RuntimeValue,
): RuntimeValue {
  const above = build.activate(context, node.part('above'), x, { kind: 'rectifier' });
  const below = build.sum(context, node.part('below'), [x, above], [1, -1]);
  const sloped = build.pair(context, node.part('sloped'), 'product', [below, slope]);
  return build.sum(context, node, [above, sloped]);
}

/** Between two bounds: numbers, or values that are computed. */
const clip: Operation<OnnxNode> = (node, context) =>
  [1, 2].some((index) => node.inputs[index]?.kind === 'runtime')
    ? extrema.clipByValues(node, context)
    : build.activate(
        context,
        node,
        node.runtime(0),
        clipBetween(node.number('min', 1, -Infinity), node.number('max', 2, Infinity)),
      );

/** What is above a threshold, else 0. */
const thresholded: Operation<OnnxNode> = (node, context) =>
  build.passAbove(context, node, node.runtime(0), node.float('alpha', 1));

/** What is beyond two limits, moved towards 0, else 0. */
const shrink: Operation<OnnxNode> = (node, context) =>
  build.shrink(context, node, node.runtime(0), {
    limit: node.float('lambd', 0.5),
    bias: node.float('bias', 0),
  });

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
  Clip: clip,
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
  Shrink: shrink,
  Softmax: softmaxOf('softmax'),
  Swish: swish,
  ThresholdedRelu: thresholded,
};
