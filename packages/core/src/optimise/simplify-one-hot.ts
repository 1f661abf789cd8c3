import type { Operation } from '../program/operation.js';
import type { Value } from '../program/program-builder.js';
import type { ConvAttributes } from '../program/window.js';
import { BATCH, isBatch, sameDim } from '../tensor/shape.js';
import type { Lines } from './lines.js';

type InputGradient = Extract<Operation, { kind: 'convInputGradient' }>;

const DEPTH = 10;

/** The choice of one channel a sample, `[N, channels]`, that a value `[N, channels, ...]` has as a factor: it is zero in all other channels. */
function chosenChannel(
  lines: Lines,
  value: Value,
  channels: number,
  depth = DEPTH,
): Value | undefined {
  if (depth === 0) return undefined;
  const { operation, operands } = lines.line(value);
  const inside = (index: number): Value | undefined => {
    const operand = lines.operand(value, index);
    // A factor that repeats along channels says nothing of them.
    return sameDim(operand.shape[1], channels) && isBatch(operand.shape[0])
      ? chosenChannel(lines, operand, channels, depth - 1)
      : undefined;
  };
  switch (operation.kind) {
    case 'oneHot':
      return value.shape.length === 2 && value.shape[1] === channels ? value : undefined;
    case 'mul':
      return inside(0) ?? inside(1);
    case 'div':
    case 'safeDiv':
    case 'broadcast':
    case 'reshape':
    case 'avgPoolInputGradient':
    case 'unpool':
      return operands.length > 0 ? inside(0) : undefined;
    default:
      return undefined;
  }
}

const isPointwise = ({ strides, groups }: ConvAttributes, kernel: readonly number[]): boolean =>
  groups === 1 && strides.every((stride) => stride === 1) && kernel.every((size) => size === 1);

/** Back through a pointwise convolution from one channel a sample: that channel's row of weights, times its map. What starts at one class of a
 * network that ends in a convolution need not pass all others. */
export function simplifyFromOneChannel(
  lines: Lines,
  operation: InputGradient,
  r: Value,
  w: Value,
): Value | undefined {
  const [channels, inputs, ...kernel] = w.shape as [number, number, ...number[]];
  if (!isPointwise(operation, kernel) || !lines.constant(w)) return undefined;
  const chosen = chosenChannel(lines, r, channels);
  if (!chosen) return undefined;
  const { inputSpatial, padsBegin } = operation;
  const positions = inputSpatial.reduce((total, size) => total * size, 1);
  const map = lines.write({ kind: 'reduceSum', axes: [1] }, r);
  const starts = [0, 0, ...padsBegin];
  const inner = lines.write(
    { kind: 'slice', starts, sizes: [BATCH, 1, ...inputSpatial], steps: starts.map(() => 1) },
    map,
  );
  const rows = lines.write(
    { kind: 'matmul' },
    chosen,
    lines.write({ kind: 'reshape', shape: [channels, inputs] }, w),
  );
  const product = lines.write(
    { kind: 'matmul' },
    lines.write({ kind: 'reshape', shape: [BATCH, inputs, 1] }, rows),
    lines.write({ kind: 'reshape', shape: [BATCH, 1, positions] }, inner),
  );
  return lines.write({ kind: 'reshape', shape: [BATCH, inputs, ...inputSpatial] }, product);
}
