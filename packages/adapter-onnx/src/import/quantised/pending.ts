import { build, constantValue } from '@patternlens/importing';
import { operators } from '../ops/operators.js';
import { mapTensor } from '@patternlens/core/tensor';
import { elementRange } from './element-range.js';
import {
  fixedScale,
  isNothing,
  isPlain,
  NOTHING,
  overScale,
  sameZero,
  timesScale,
  type Encoded,
  type Scale,
} from './encoded.js';
import { laidOut } from './laid-out.js';
import {
  isEncoded,
  named,
  type QuantisedMade,
  type QuantisedNode,
  type QuantisedOperation,
} from './quantised-node.js';

const scaleOf = (read: QuantisedNode['reads'][number]): Scale | undefined => {
  if (read?.kind === 'scale') return read.scale;
  return read?.kind === 'constant' ? fixedScale(read.tensor) : undefined;
};

/** Numbers times a scale: the real ones where that undoes how they were found. */
function timesEncoded(q: QuantisedNode, held: Encoded, scale: Scale): QuantisedMade | undefined {
  const { node, context } = q;
  // Where all is known, a product is a product.
  if (held.scale.dynamic.length === 0 && scale.dynamic.length === 0 && !held.scaled)
    return undefined;
  if (!isNothing(held.zero)) return undefined;
  const left = overScale(held.scale, scale);
  if (!left) return undefined;
  const output = node.outputs[0]!;
  if (left.dynamic.length > 0) return { ...held, name: output, scale: left };
  const factor = mapTensor(left.factor, (value) => 1 / value);
  if (factor.data.every((value) => value === 1)) return named(context, node, held.real(output));
  return (
    held.scaled?.(output, factor) ?? build.scale(context, node, held.real(), { tensor: factor })
  );
}

const multiply: QuantisedOperation = (q) => {
  const [a, b] = q.reads;
  const one = scaleOf(a),
    two = scaleOf(b);
  if (one && two) return { kind: 'scale', scale: timesScale(one, two) };
  if (isEncoded(a) && two) return timesEncoded(q, a, two);
  return isEncoded(b) && one ? timesEncoded(q, b, one) : undefined;
};

/** Numbers less their zero point. */
const subtract: QuantisedOperation = (q) => {
  const [a, b] = q.reads;
  if (!isEncoded(a)) return undefined;
  const zero = b?.kind === 'zero' ? b.zero : b?.kind === 'constant' ? b.tensor : undefined;
  if (!zero || isNothing(a.zero) || !sameZero(zero, a.zero)) return undefined;
  return { ...a, name: q.node.outputs[0]!, zero: NOTHING };
};

const FLOATS: readonly number[] = [1, 10, 11, 16];

/** The same numbers of another type; undefined where that may change them, or where they are the real ones already. */
const cast: QuantisedOperation = (q) => {
  const [held] = q.reads;
  if (held?.kind === 'scale' || held?.kind === 'zero') return held;
  if (!isEncoded(held)) return undefined;
  const elements = q.node.int('to', 1);
  if (FLOATS.includes(elements)) {
    if (isPlain(held)) return undefined;
    return { ...held, elements, name: q.node.outputs[0]! };
  }
  const from = elementRange(held.elements),
    to = elementRange(elements) ?? { low: -(2 ** 53), high: 2 ** 53 };
  return from && to.low <= from.low && to.high >= from.high
    ? { ...held, elements, name: q.node.outputs[0]! }
    : undefined;
};

/** What lays a scale out anew. */
const layScale =
  (operator: string): QuantisedOperation =>
  (q) => {
    const [held] = q.reads;
    if (held?.kind === 'zero') return held;
    if (held?.kind !== 'scale') return laidOut(operator)(q);
    const rest = q.reads.slice(1).map((_, at) => q.optionalConstant(at + 1, 'shape'));
    const view = q.standIn([constantValue({ tensor: held.scale.factor }), ...rest], []);
    const made = operators.folders[operator]!(view);
    return made?.kind === 'constant'
      ? { kind: 'scale', scale: { ...held.scale, factor: made.tensor } }
      : undefined;
  };

/** What computes with scales that are not known before the network runs, and undoes the quantisation in the end. */
export const pending: Readonly<Record<string, QuantisedOperation>> = {
  Cast: cast,
  Mul: multiply,
  Sub: subtract,
  ...Object.fromEntries(
    ['Flatten', 'Identity', 'Reshape', 'Squeeze', 'Transpose', 'Unsqueeze'].map((operator) => [
      operator,
      layScale(operator),
    ]),
  ),
};
