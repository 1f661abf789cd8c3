import { build, type Operation, type ReductionName } from '@patternlens/importing';
import { isChannelsLast, kernelSizes, windowSpec } from './linear-operations.js';
import type { TfjsNode } from './node-view.js';

const pooling =
  (kind: 'max-pool' | 'average-pool', rank: number): Operation<TfjsNode> =>
  (node, context) =>
    build.pool(context, node, node.runtime(0), kind, {
      ...windowSpec(node, rank),
      kernel: kernelSizes(node, rank),
    });

const reduction =
  (name: ReductionName): Operation<TfjsNode> =>
  (node, context) => {
    const x = node.runtime(0);
    const { reduced } = build.reductions[name];
    const given = node.fixedAt(1, 'axes').map((axis) => node.axis(axis, x.shape.length));
    const axes = [...new Set(given)].sort((a, b) => a - b);
    if (axes.length === 0) return x;
    const made = reduced(context, node, x, axes);
    return keepsAxes(node) ? made : build.dropAxes(context, node.part('squeeze'), made, axes);
  };

/** Whether a reduction keeps the axes that it reduces. */
export const keepsAxes = (node: TfjsNode): boolean =>
  node.flag('keep_dims') || node.flag('keepDims');

const batchNormalisation: Operation<TfjsNode> = (node, context) => {
  if (node.flag('is_training'))
    node.unsupported('it is in training mode.', 'Save the model for inference.');
  return build.normaliseBatch(context, node, node.runtime(0), {
    axis: isChannelsLast(node) ? -1 : 1,
    epsilon: node.float('epsilon', 1e-4),
    scale: node.parameter(1, 'scale'),
    shift: node.parameter(2, 'offset'),
    mean: node.parameter(3, 'mean'),
    variance: node.parameter(4, 'variance'),
  });
};

export const poolingOperations: Readonly<Record<string, Operation<TfjsNode>>> = {
  All: reduction('minimum'),
  Any: reduction('maximum'),
  AvgPool: pooling('average-pool', 2),
  AvgPool3D: pooling('average-pool', 3),
  FusedBatchNorm: batchNormalisation,
  FusedBatchNormV2: batchNormalisation,
  FusedBatchNormV3: batchNormalisation,
  Max: reduction('maximum'),
  MaxPool: pooling('max-pool', 2),
  MaxPool3D: pooling('max-pool', 3),
  Mean: reduction('mean'),
  Min: reduction('minimum'),
  Prod: reduction('product'),
  Sum: reduction('sum'),
};
