import { formatShape, isBatch, product } from '@patternlens/core/tensor';
import {
  build,
  checkFixed,
  range,
  sampleSizes,
  type ImportContext,
  type Operation,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

interface ClassWeights {
  /** For each class of each position, what its value counts with, less than 0: shape of the input. */
  readonly factors: Float64Array;
  /** The sum of the weights of all positions. */
  readonly total: number;
}

/** The weights of labels that are in the file. */
function weightsOf(node: OnnxNode, sizes: readonly number[]): ClassWeights {
  const labels = node.constant(1, 'labels').tensor;
  const given = node.optionalConstant(2, 'weights')?.tensor.data;
  const ignored = node.has('ignore_index') ? node.int('ignore_index', 0) : undefined;
  const classes = sizes[1]!;
  const positions = product(sizes.slice(2));
  if (labels.data.length !== sizes[0]! * positions)
    node.invalid(
      `its labels of shape ${formatShape(labels.shape)} are not one for each position of ${formatShape(sizes)}.`,
    );
  const factors = new Float64Array(sizes[0]! * classes * positions);
  let total = 0;
  labels.data.forEach((label, at) => {
    if (label === ignored) return;
    if (!(label >= 0 && label < classes)) node.invalid(`label ${label} is none of ${classes}.`);
    const weight = given?.[label] ?? 1;
    const sample = Math.floor(at / positions);
    factors[(sample * classes + label) * positions + (at % positions)] = -weight;
    total += weight;
  });
  return { factors, total };
}

/** What the labels pick of logarithms of probabilities, each position alone, summed or averaged. */
function picked(node: OnnxNode, context: ImportContext, x: RuntimeValue): RuntimeValue {
  checkFixed(node, context, x.shape);
  const shape = sampleSizes(x.shape);
  const { factors, total } = weightsOf(node, shape);
  const reduction = node.string('reduction', 'mean');
  const share = reduction === 'mean' ? 1 / total : 1;
  const data = factors.map((factor) => factor * share);
  const chosen = build.scale(context, node.part('chosen'), x, { tensor: { data, shape } });
  if (reduction === 'none')
    return build.reduce(context, node.part('loss'), chosen, 'sum', [1], node);
  const rank = x.shape.length;
  if (x.shape.some(isBatch)) node.unsupported('it reduces over the batch.');
  return build.reduce(context, node.part('loss'), chosen, 'sum', range(rank), node);
}

/** The negative logarithm of the likelihood of labels that are in the file. */
const likelihood: Operation<OnnxNode> = (node, context) => picked(node, context, node.runtime(0));

/** The same of scores; its second output are the logarithms of the probabilities. */
const crossEntropy: Operation<OnnxNode> = (node, context) => {
  const place = node.output(1) ?? node.part('logarithms');
  const logarithms = build.activate(context, place, node.runtime(0), {
    kind: 'log-softmax',
    axis: 1,
  });
  return [picked(node, context, logarithms), logarithms];
};

export const losses: Readonly<Record<string, Operation<OnnxNode>>> = {
  NegativeLogLikelihoodLoss: likelihood,
  SoftmaxCrossEntropyLoss: crossEntropy,
};
