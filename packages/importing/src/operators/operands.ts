import { lifted } from '../layers/rank.js';
import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import type { ConstantValue, RuntimeValue } from '../values/values.js';

type Value = RuntimeValue | ConstantValue;

export interface Operands {
  /** The computed one, or the first of two. */
  readonly x: RuntimeValue;
  readonly other: Value;
  readonly constantFirst: boolean;
}

/** The computed one of two operands, the other, and which came first; computed ones with as many axes as the other has, where those are more. */
export function operands(context: ImportContext, node: NodeView): Operands {
  const [a, b] = evenRanks(context, node, [valueAt(node, 0), valueAt(node, 1)]) as [Value, Value];
  if (a.kind === 'runtime') return { x: a, other: b, constantFirst: false };
  return b.kind === 'runtime'
    ? { x: b, other: a, constantFirst: true }
    : node.unsupported('both its inputs are constants.');
}

/** Computed values with as many axes as the value or constant that has the most. */
export function evenRanks(
  context: ImportContext,
  node: NodeView,
  values: readonly Value[],
): Value[] {
  const ranks = values.map((value) =>
    value.kind === 'runtime' ? value.shape.length : value.tensor.shape.length,
  );
  const rank = Math.max(...ranks);
  return values.map((value) =>
    value.kind === 'runtime' ? lifted(context, node, value, rank) : value,
  );
}

/** An input that is a value or a constant, not a size that depends on the batch. */
export function valueAt(node: NodeView, index: number): Value {
  const value = node.input(index);
  return value.kind === 'sizes'
    ? node.unsupported(`it computes with a size that depends on the batch (input ${index}).`)
    : value;
}
