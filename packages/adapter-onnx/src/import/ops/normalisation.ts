import { formatDim, reshapeParameter, sizeOf, type Parameter, type Shape } from '@patternlens/core';
import type { Handler } from '../handler.js';
import type { ImportContext } from '../import-context.js';
import type { ConstantValue, RuntimeValue } from '../imported.js';
import type { NodeView } from '../node-view.js';

export const BatchNormalization: Handler = (node, context) => {
  const x = node.runtime(0);
  if (
    node.int('training_mode', 0) === 1 ||
    node.outputs.slice(1).some((output) => output !== '' && node.opset >= 14)
  )
    node.unsupported('it is in training mode.', 'Export the model in evaluation mode.');
  if (node.int('spatial', 1) === 0)
    node.unsupported('it keeps statistics for every position (spatial = 0).');
  const channels = x.shape[1];
  const read = (index: number, what: string): ConstantValue => {
    const value = node.constant(index, what);
    if (value.tensor.data.length !== channels)
      node.invalid(
        `its ${what} has ${value.tensor.data.length} values for ${formatDim(channels)} channels.`,
      );
    return value;
  };
  context.layer(
    node,
    'batch-normalisation',
    [x],
    { epsilon: node.float('epsilon', 1e-5) },
    {
      scale: read(1, 'scale'),
      shift: read(2, 'bias'),
      mean: read(3, 'mean'),
      variance: read(4, 'variance'),
    },
  );
};

export const LRN: Handler = (node, context) => {
  context.layer(node, 'local-response-normalisation', [node.runtime(0)], {
    size: node.int('size', 1),
    alpha: node.float('alpha', 1e-4),
    beta: node.float('beta', 0.75),
    bias: node.float('bias', 1),
  });
};

const scalar = (value: number) => ({ data: Float64Array.of(value), shape: [] });

/** `(x - mean) / sqrt(variance + epsilon)` over the axes, out of single steps. */
function standardise(
  node: NodeView,
  context: ImportContext,
  x: RuntimeValue,
  axes: readonly number[],
  epsilon: number,
): RuntimeValue {
  const mean = context.step(node, 'mean', 'mean', [x], { axes });
  const centred = context.step(node, 'centre', 'add', [x, mean], { signs: [1, -1] });
  return divideByRoot(node, context, centred, axes, epsilon);
}

/** `x / sqrt(mean of squares + epsilon)`. */
function divideByRoot(
  node: NodeView,
  context: ImportContext,
  x: RuntimeValue,
  axes: readonly number[],
  epsilon: number,
): RuntimeValue {
  const squares = context.step(node, 'square', 'product', [x, x], {});
  const variance = context.step(node, 'variance', 'mean', [squares], { axes });
  const shifted = context.step(
    node,
    'epsilon',
    'add-constant',
    [variance],
    {},
    { value: scalar(epsilon) },
  );
  const deviation = context.step(node, 'deviation', 'pointwise', [shifted], { function: 'sqrt' });
  return context.step(node, 'normal', 'quotient', [x, deviation], {});
}

const asParameter = ({ tensor, origin }: ConstantValue): Parameter =>
  origin ? { tensor, origin } : { tensor };

export const LayerNormalization: Handler = (node, context) => {
  const x = node.runtime(0);
  const first = node.axis(node.int('axis', -1), x.shape.length);
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis >= first);
  const normal = standardise(node, context, x, axes, node.float('epsilon', 1e-5));
  context.layer(
    node,
    'scale',
    [normal],
    {},
    { weights: node.constant(1, 'scale'), bias: node.optionalConstant(2, 'bias') },
  );
};

export const RMSNormalization: Handler = (node, context) => {
  const x = node.runtime(0);
  const first = node.axis(node.int('axis', -1), x.shape.length);
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis >= first);
  const normal = divideByRoot(node, context, x, axes, node.float('epsilon', 1e-5));
  context.layer(node, 'scale', [normal], {}, { weights: node.constant(1, 'scale') });
};

/** Scale and bias per channel, as they broadcast behind axis 1. */
function perChannel(node: NodeView, shape: Shape): { weights: Parameter; bias: Parameter } {
  const along = [shape[1] as number, ...shape.slice(2).map(() => 1)];
  const read = (index: number, what: string): Parameter => {
    const value = asParameter(node.constant(index, what));
    return value.tensor.data.length === along[0]
      ? reshapeParameter(value, along)
      : node.unsupported(
          `its ${what} has ${value.tensor.data.length} values; ${along[0]!} are expected.`,
        );
  };
  return { weights: read(1, 'scale'), bias: read(2, 'bias') };
}

export const InstanceNormalization: Handler = (node, context) => {
  const x = node.runtime(0);
  const axes = x.shape.map((_, axis) => axis).slice(2);
  context.layer(
    node,
    'scale',
    [standardise(node, context, x, axes, node.float('epsilon', 1e-5))],
    {},
    perChannel(node, x.shape),
  );
};

export const GroupNormalization: Handler = (node, context) => {
  const x = node.runtime(0);
  const groups = node.int('num_groups', 1);
  const rest = sizeOf(x.shape.slice(1)) as number;
  if ((x.shape[1] as number) % groups !== 0)
    node.invalid(`${formatDim(x.shape[1])} channels do not make ${groups} groups.`);
  const grouped = context.step(node, 'groups', 'reshape', [x], {
    shape: [x.shape[0]!, groups, rest / groups],
  });
  const normal = standardise(node, context, grouped, [2], node.float('epsilon', 1e-5));
  if (node.opset < 21) {
    // Scale and bias were per group before they were per channel.
    const scaled = context.step(
      node,
      'scaled',
      'scale',
      [normal],
      {},
      perChannel(node, normal.shape),
    );
    context.layer(node, 'reshape', [scaled], { shape: x.shape });
    return;
  }
  const back = context.step(node, 'channels', 'reshape', [normal], { shape: x.shape });
  context.layer(node, 'scale', [back], {}, perChannel(node, x.shape));
};
