import type { OperationOf, PoolAttributes } from '@patternlens/core/backend';
import type { Attributes, GraphBuilder } from '../graph-builder.js';
import type { Emitted, Emitter, EmitScope } from './emitter.js';
import { groupedConvolution } from './grouped-convolution.js';
import { offsetPlane, padded, windowOffsets } from './patches.js';
import { stuffedConvolution } from './stuffed-convolution.js';
import { canUnpoolBlocked, unpoolBlocked } from './unpool-blocked.js';
import { unpoolSeparable } from './unpool-separable.js';

const window = ({
  kernel,
  strides,
  dilations,
  padsBegin,
  padsEnd,
}: PoolAttributes): Attributes => ({
  kernel_shape: kernel,
  strides,
  ...(dilations.some((size) => size !== 1) ? { dilations } : {}),
  pads: [...padsBegin, ...padsEnd],
});

/** Runtimes refuse pads that are as wide as the kernel; such an input is padded first. */
function pooled(
  graph: GraphBuilder,
  op: string,
  x: Emitted,
  operation: PoolAttributes,
  padding: number,
  more: Attributes = {},
): string {
  const fits = operation.kernel.every(
    (size, axis) => operation.padsBegin[axis]! < size && operation.padsEnd[axis]! < size,
  );
  if (fits) return graph.node(op, [x.floats()], { ...window(operation), ...more });
  const wide = padded(graph, x.floats(), x.shape.length, operation, padding);
  return graph.node(op, [wide], {
    ...window(operation),
    ...more,
    pads: [...operation.padsBegin, ...operation.padsEnd].map(() => 0),
  });
}

const maxPool: Emitter<'maxPool'> = (operation, { graph, operands: [x] }) =>
  pooled(graph, 'MaxPool', x!, operation, -Infinity);

function switchesOf(operation: OperationOf<'poolSwitches'>, scope: EmitScope): string {
  const {
    graph,
    line,
    operands: [x],
  } = scope;
  const rank = x!.shape.length;
  const output = line.shape.slice(3) as number[];
  const largest = pooled(graph, 'MaxPool', x!, operation, -Infinity);
  const wide = padded(graph, x!.floats(), rank, operation, -Infinity);
  let free: string | undefined;
  const planes = windowOffsets(operation.kernel).map((offset) => {
    const equal = graph.node('Equal', [
      offsetPlane(graph, wide, rank, operation, output, offset),
      largest,
    ]);
    const first = free === undefined ? equal : graph.node('And', [equal, free]);
    const others = graph.node('Not', [equal]);
    free = free === undefined ? others : graph.node('And', [free, others]);
    return graph.node('Unsqueeze', [graph.node('Cast', [first], { to: 1 }), graph.integers([2])]);
  });
  return graph.node('Concat', planes, { axis: 2 });
}

const poolSwitches: Emitter<'poolSwitches'> = (operation, scope) => ({
  floats: () => switchesOf(operation, scope),
});

/** One offset's switches. */
function switchPlane({ graph, operands }: EmitScope, offset: number): string {
  return graph.node('Gather', [operands[1]!.floats(), graph.scalarInteger(offset)], { axis: 2 });
}

const poolBySwitches: Emitter<'poolBySwitches'> = (operation, scope) => {
  const {
    graph,
    line,
    operands: [x],
  } = scope;
  const rank = x!.shape.length;
  const output = line.shape.slice(2) as number[];
  const wide = padded(graph, x!.floats(), rank, operation, 0);
  const parts = windowOffsets(operation.kernel).map((offset, at) =>
    graph.node('Mul', [
      offsetPlane(graph, wide, rank, operation, output, offset),
      switchPlane(scope, at),
    ]),
  );
  return graph.node('Sum', parts);
};

/** Puts `stride - 1` zeros between the entries of the spatial axes, and the whole at an offset of the padded input. */
function spreadToInput(
  { graph, operands: [r] }: EmitScope,
  plane: string,
  operation: PoolAttributes,
  offset: readonly number[],
  paddedInput: readonly number[],
): string {
  const output = r!.shape.slice(2) as number[];
  const rank = output.length;
  const split = [0, 0, ...output.flatMap((size) => [size, 1])];
  const zeros = new Array<number>(2 + 2 * rank).fill(0);
  const ends = [0, 0, ...operation.strides.flatMap((stride) => [0, stride - 1])];
  const apart = graph.node(
    'Pad',
    [graph.node('Reshape', [plane, graph.integers(split)]), graph.integers([...zeros, ...ends])],
    { mode: 'constant' },
  );
  const spaced = output.map((size, axis) => size * operation.strides[axis]!);
  const joined = graph.node('Reshape', [apart, graph.integers([0, 0, ...spaced])]);
  const begin = offset.map((step, axis) => step * operation.dilations[axis]!);
  const end = paddedInput.map((size, axis) => size - begin[axis]! - spaced[axis]!);
  return graph.node('Pad', [joined, graph.integers([0, 0, ...begin, 0, 0, ...end])], {
    mode: 'constant',
  });
}

/** Unpooling by switches that are numbers of their own, as where gates are handed in. */
function unpoolByNumbers(operation: OperationOf<'unpool'>, scope: EmitScope): string {
  const {
    graph,
    operands: [r],
  } = scope;
  const paddedInput = operation.inputSpatial.map(
    (size, axis) => size + operation.padsBegin[axis]! + operation.padsEnd[axis]!,
  );
  const parts = windowOffsets(operation.kernel).map((offset, at) =>
    spreadToInput(
      scope,
      graph.node('Mul', [r!.floats(), switchPlane(scope, at)]),
      operation,
      offset,
      paddedInput,
    ),
  );
  const ends = operation.inputSpatial.map((size, axis) => operation.padsBegin[axis]! + size);
  const axes = operation.inputSpatial.map((_, axis) => axis + 2);
  return graph.node('Slice', [
    graph.node('Sum', parts),
    graph.integers(operation.padsBegin),
    graph.integers(ends),
    graph.integers(axes),
  ]);
}

const unpool: Emitter<'unpool'> = (operation, scope) => {
  const [r, switches] = scope.operands;
  const line = scope.lineOf(switches!.id);
  if (line.operation.kind !== 'poolSwitches') return unpoolByNumbers(operation, scope);
  const x = scope.emitted(line.operands[0]!);
  if (canUnpoolBlocked(scope, r!, x, operation))
    return { phases: unpoolBlocked(scope, r!, x, operation) };
  return unpoolSeparable(scope, r!, x, operation);
};

/** Equal weights for a depthwise convolution that averages. */
function averaging({ graph, operands: [x] }: EmitScope, kernel: readonly number[]): string {
  const channels = x!.shape[1] as number;
  const count = kernel.reduce((total, size) => total * size, 1);
  return graph.floats(new Float32Array(channels * count).fill(1 / count), [channels, 1, ...kernel]);
}

const avgPool: Emitter<'avgPool'> = (operation, scope) => {
  const {
    graph,
    operands: [x],
  } = scope;
  const spatial = x!.shape.slice(2);
  const pads = [...operation.padsBegin, ...operation.padsEnd];
  if (
    operation.kernel.every((size, axis) => size === spatial[axis]) &&
    pads.every((size) => size === 0)
  )
    return graph.node('GlobalAveragePool', [x!.floats()]);
  const { strides, dilations } = operation;
  // The operator has no dilations in the version that graphs are written in.
  if (dilations.some((size) => size !== 1))
    return groupedConvolution(
      scope,
      x!.floats(),
      averaging(scope, operation.kernel),
      x!.shape[1] as number,
      spatial.length,
      { strides, dilations, pads },
    );
  const plain = {
    kernel: operation.kernel,
    strides,
    padsBegin: operation.padsBegin,
    padsEnd: operation.padsEnd,
    dilations,
  };
  return pooled(graph, 'AveragePool', x!, plain, 0, { count_include_pad: 1 });
};

/** A depthwise transposed convolution with equal weights. */
const avgPoolInputGradient: Emitter<'avgPoolInputGradient'> = (operation, scope) => {
  const {
    graph,
    operands: [r],
  } = scope;
  const weights = averaging(scope, operation.kernel);
  const output = r!.shape.slice(2) as number[];
  if (scope.style === 'shader' && output.length > 2) {
    const groups = r!.shape[1] as number;
    return stuffedConvolution(scope, { ...operation, groups }, weights, operation.kernel);
  }
  const rest = operation.inputSpatial.map((size, axis) => {
    const reached =
      (output[axis]! - 1) * operation.strides[axis]! +
      (operation.kernel[axis]! - 1) * operation.dilations[axis]! +
      1;
    return size + operation.padsBegin[axis]! - reached;
  });
  return graph.node('ConvTranspose', [r!.floats(), weights], {
    strides: operation.strides,
    dilations: operation.dilations,
    group: r!.shape[1] as number,
    pads: [...operation.padsBegin, ...rest.map((size) => Math.max(0, -size))],
    output_padding: rest.map((size) => Math.max(0, size)),
  });
};

/** Emitters of pools and their gradients. */
export const pooling = {
  maxPool,
  poolSwitches,
  poolBySwitches,
  unpool,
  avgPool,
  avgPoolInputGradient,
};
