import { type Shape } from '@patternlens/core';
import { reshapeParameter, type Parameter } from '@patternlens/core/network';
import { formatDim, sizeOf } from '@patternlens/core/tensor';
import { build, range, scalarParameter, sizeAlong, type Operation } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { lengthOne } from './length-one.js';

/** Before version 7, an operator was in training mode unless it said that it was not. */
const trainsBefore7 = (node: OnnxNode): boolean => node.opset < 7 && node.int('is_test', 0) === 0;

const batchNormalisation: Operation<OnnxNode> = (node, context) => {
  const trains = node.outputs.slice(1).some((output) => output !== '' && node.opset >= 14);
  if (node.int('training_mode', 0) === 1 || trains || trainsBefore7(node))
    node.unsupported('it is in training mode.', 'Export the model in evaluation mode.');
  if (node.int('spatial', 1) === 0)
    node.unsupported('it keeps statistics for every position (spatial = 0).');
  return build.normaliseBatch(context, node, node.runtime(0), {
    axis: 1,
    epsilon: epsilonOf(node),
    scale: node.parameter(1, 'scale'),
    shift: node.parameter(2, 'bias'),
    mean: node.parameter(3, 'mean'),
    variance: node.parameter(4, 'variance'),
  });
};

const epsilonOf = (node: OnnxNode): number => node.float('epsilon', 1e-5);

const responseNormalisation: Operation<OnnxNode> = (node, context) =>
  build.normaliseResponses(context, node, node.runtime(0), {
    size: node.int('size', 1),
    alpha: node.float('alpha', 1e-4),
    beta: node.float('beta', 0.75),
    bias: node.float('bias', 1),
  });

/** Over all axes from the one that is named on. */
const layerNormalisation =
  (normalise: typeof build.standardise): Operation<OnnxNode> =>
  (node, context) => {
    const x = node.runtime(0);
    const rank = x.shape.length;
    const axes = range(rank).slice(node.axis(node.int('axis', -1), rank));
    const { normal, mean, deviation } = normalise(context, node, x, axes, epsilonOf(node));
    const weights = node.parameter(1, 'scale');
    const made = build.scale(context, node, normal, weights, node.optionalParameter(2, 'bias'));
    const [ofMean, ofDeviation] = [node.output(1), node.output(2)];
    return [
      made,
      ofMean && mean && context.layer(ofMean, 'identity', [mean], {}),
      ofDeviation &&
        context.layer(ofDeviation, 'pointwise', [deviation], { function: 'reciprocal' }),
    ];
  };

/** Scale and bias per channel, as they broadcast behind axis 1. */
function perChannel(node: OnnxNode, shape: Shape): [weights: Parameter, bias: Parameter] {
  const along = [shape[1] as number, ...shape.slice(2).map(() => 1)];
  const read = (index: number, what: string): Parameter => {
    const value = node.parameter(index, what);
    return value.tensor.data.length === along[0]
      ? reshapeParameter(value, along)
      : node.unsupported(
          `its ${what} has ${value.tensor.data.length} values; ${along[0]!} are expected.`,
        );
  };
  return [read(1, 'scale'), read(2, 'bias')];
}

const instanceNormalisation: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const axes = range(x.shape.length).slice(2);
  const { normal } = build.standardise(context, node, x, axes, epsilonOf(node));
  return build.scale(context, node, normal, ...perChannel(node, x.shape));
};

const groupNormalisation: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const groups = node.int('num_groups', 1);
  const channels = sizeAlong(node, x.shape, 1);
  const rest = sizeOf(x.shape.slice(1)) as number;
  if (channels % groups !== 0)
    node.invalid(`${formatDim(x.shape[1])} channels do not make ${groups} groups.`);
  const shape = [x.shape[0]!, groups, rest / groups];
  const grouped = build.reshape(context, node.part('groups'), x, shape);
  const { normal } = build.standardise(context, node, grouped, [2], epsilonOf(node));
  if (node.opset < 21) {
    // Scale and bias were per group before they were per channel.
    const place = node.part('scaled');
    const scaled = build.scale(context, place, normal, ...perChannel(node, normal.shape));
    return build.reshape(context, node, scaled, x.shape);
  }
  const back = build.reshape(context, node.part('channels'), normal, x.shape);
  return build.scale(context, node, back, ...perChannel(node, x.shape));
};

/** A value by the norm over an axis. */
const lpNormalisation: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const axis = node.axis(node.int('axis', -1), x.shape.length);
  const order = node.int('p', 2);
  if (order !== 1 && order !== 2) return node.invalid(`its p is ${order}; 1 and 2 are norms.`);
  return lengthOne(context, node, x, order, axis);
};

const MEAN_VARIANCE_EPSILON = 1e-9;

/** Less the mean, by the deviation to which a little is added: over the axes that are named, which are those of an image but for its channels. */
const meanVariance: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const axes = (node.ints('axes') ?? [0, 2, 3]).map((axis) => node.axis(axis, x.shape.length));
  const mean = build.reduce(context, node.part('mean'), x, 'mean', axes);
  const centred = build.sum(context, node.part('centre'), [x, mean], [1, -1]);
  const squares = build.pair(context, node.part('square'), 'product', [centred, centred]);
  const variance = build.reduce(context, node.part('variance'), squares, 'mean', axes);
  const root = { function: 'sqrt' } as const;
  const deviation = context.layer(node.part('deviation'), 'pointwise', [variance], root);
  const epsilon = scalarParameter(MEAN_VARIANCE_EPSILON);
  const divisor = build.addConstant(context, node.part('epsilon'), deviation, epsilon);
  return build.pair(context, node, 'quotient', [centred, divisor]);
};

/** Nothing in evaluation; in training mode it would drop values by chance. */
const dropout: Operation<OnnxNode> = (node, context) => {
  const training = node.inputs[2];
  const given = training && (training.kind !== 'constant' || training.tensor.data[0] !== 0);
  const trains = given === true || trainsBefore7(node);
  if (trains && node.number('ratio', 1, 0.5) !== 0)
    node.unsupported(
      'it is in training mode, where it drops values by chance.',
      'Export the model in evaluation mode (training_mode false).',
    );
  return context.layer(node, 'dropout', [node.runtime(0)], {});
};

export const normalisations: Readonly<Record<string, Operation<OnnxNode>>> = {
  BatchNormalization: batchNormalisation,
  Dropout: dropout,
  GroupNormalization: groupNormalisation,
  InstanceNormalization: instanceNormalisation,
  LayerNormalization: layerNormalisation(build.standardise),
  LpNormalization: lpNormalisation,
  LRN: responseNormalisation,
  MeanVarianceNormalization: meanVariance,
  RMSNormalization: layerNormalisation(build.divideByRoot),
};
