import { zipTensors } from '@patternlens/core/tensor';
import { limitBroadcast } from '../known/limit-elements.js';
import { activate, clipBetween } from '../layers/activation.js';
import { besideConstants, joined } from '../layers/elementwise.js';
import { lifted } from '../layers/rank.js';
import type { NodeView } from '../place/node-view.js';
import type { ConstantValue, RuntimeValue } from '../values/values.js';
import { parameterOf } from '../values/values.js';
import type { Operation } from '../walk/operation.js';
import { evenRanks, valueAt } from './operands.js';

type Extremum = 'maximum' | 'minimum';

const isComputed = (value: RuntimeValue | ConstantValue): value is RuntimeValue =>
  value.kind === 'runtime';

/** The larger or smaller of constants, entry by entry; undefined where there is none. */
function limitOf(
  node: NodeView,
  kind: Extremum,
  constants: readonly ConstantValue[],
): ConstantValue | undefined {
  const [first, ...rest] = constants;
  return rest.reduce<ConstantValue | undefined>((before, { type, tensor }) => {
    limitBroadcast(node, before!.tensor.shape, tensor.shape);
    const combined = zipTensors(before!.tensor, tensor, (a, b) =>
      kind === 'maximum' ? Math.max(a, b) : Math.min(a, b),
    );
    return { kind: 'constant', type, tensor: combined };
  }, first);
}

/** The larger or smaller of any number of values; a limit that is one number makes a clip of it. */
function extremum(kind: Extremum): Operation {
  return (node, context) => {
    const values = evenRanks(
      context,
      node,
      node.inputs.map((_, index) => valueAt(node, index)),
    );
    const computed = values.filter(isComputed);
    const limit = limitOf(
      node,
      kind,
      values.filter((value) => !isComputed(value)),
    );
    if (computed.length === 0) return node.unsupported('all its inputs are constants.');
    if (!limit && computed.length > 1) return joined(context, node, kind, computed);
    const last = node.part(`${kind}-${computed.length - 1}`);
    const value = joined(context, node, kind, computed, last);
    if (!limit) return context.layer(node, 'identity', [value], {});
    const { data, shape } = limit.tensor;
    if (data.length === 1) {
      const bound = data[0]!;
      const clip =
        kind === 'maximum' ? clipBetween(bound, Infinity) : clipBetween(-Infinity, bound);
      return activate(context, node, value, clip);
    }
    const x = lifted(context, node, value, shape.length);
    return besideConstants(context, node, kind, [x], {}, { value: parameterOf(limit) });
  };
}

export const maximum = extremum('maximum');
export const minimum = extremum('minimum');

/** Values held between two bounds, each of which may be computed, or left out: the larger of the value and the second input, and the smaller of that
 * and the third. */
export const clipByValues: Operation = (node, context) => {
  const x = node.runtime(0);
  const bounded = ([1, 2] as const).reduce((value, index) => {
    const bound = node.inputs[index] && valueAt(node, index);
    if (!bound) return value;
    const kind: Extremum = index === 1 ? 'maximum' : 'minimum';
    const at = node.part(kind);
    if (bound.kind === 'runtime') return joined(context, node, kind, [value, bound], at);
    return besideConstants(context, at, kind, [value], {}, { value: parameterOf(bound) });
  }, x);
  return context.layer(node, 'identity', [bounded], {});
};
