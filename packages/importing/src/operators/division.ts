import { besideConstants, pair, scale, sum, together } from '../layers/elementwise.js';
import { mapped } from '../layers/parameters.js';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { parameterOf, scalarParameter, type RuntimeValue } from '../values/values.js';
import type { Operation } from '../walk/operation.js';
import { inverse } from './elementwise.js';
import { operands, type Operands } from './operands.js';
import { step } from './steps.js';

/** A quotient as it is rounded once: a product with the inverse of a constant would be rounded twice, and cut off wrongly. */
function quotientOf(
  context: ImportContext,
  place: Place,
  { x, other, constantFirst }: Operands,
): RuntimeValue {
  if (other.kind === 'runtime') return pair(context, place, 'quotient', [x, other]);
  const constant = parameterOf(other);
  return constantFirst
    ? scale(context, place, inverse(context, place, x), constant)
    : besideConstants(context, place, 'quotient', [x], {}, { divisor: constant });
}

/** A quotient of which fractions are cut off.
 * @param how Towards 0, or downwards. */
export const wholeQuotient =
  (how: 'truncate' | 'floor'): Operation =>
  (node, context) =>
    step(context, node, quotientOf(context, node.part('quotient'), operands(context, node)), how);

/** What a quotient whose fractions are cut off leaves of the dividend.
 * @param how Towards 0: the remainder has the sign of the dividend; or downwards: it has that of the divisor. */
export const remainder =
  (how: 'truncate' | 'floor'): Operation =>
  (node, context) => {
    const given = operands(context, node);
    const { x, other, constantFirst } = given;
    if (constantFirst) return node.unsupported('it takes the remainder of a constant.');
    const quotient = quotientOf(context, node.part('quotient'), given);
    const whole = step(context, node.part('whole'), quotient, how);
    const taken =
      other.kind === 'runtime'
        ? pair(context, node.part('taken'), 'product', [whole, other])
        : scale(context, node.part('taken'), whole, parameterOf(other));
    return sum(context, node, [x, taken], [1, -1]);
  };

/** A divisor, which is 1 where it would be 0: what is 0 itself stays so. */
export function withoutZeros(
  context: ImportContext,
  place: Place,
  divisor: RuntimeValue,
): RuntimeValue {
  const [one, zero] = [scalarParameter(1), scalarParameter(0)];
  const relation = { relation: 'equal' } as const;
  const isZero = context.layer(
    place.part('is-zero'),
    'compare',
    [divisor],
    relation,
    { value: zero },
    'as-first',
  );
  return context.layer(place, 'choice', [isZero, divisor], {}, { chosen: one }, 'as-first');
}

/** A quotient that is 0 where its divisor is 0, whatever is divided. */
export const divideOrZero: Operation = (node, context) => {
  const { x, other, constantFirst } = operands(context, node);
  const [one, zero] = [scalarParameter(1), scalarParameter(0)];
  if (other.kind === 'constant' && !constantFirst)
    return scale(
      context,
      node,
      x,
      mapped(parameterOf(other), (value) => (value === 0 ? 0 : 1 / value)),
    );
  const divisor = other.kind === 'runtime' ? other : x;
  const relation = { relation: 'equal' } as const;
  const isZero = context.layer(node.part('is-zero'), 'compare', [divisor], relation, {
    value: zero,
  });
  const at = node.part('divisor');
  const safe = context.layer(at, 'choice', [isZero, divisor], {}, { chosen: one });
  const quotient = node.part('quotient');
  const made =
    other.kind === 'runtime'
      ? pair(context, quotient, 'quotient', [x, safe])
      : scale(context, quotient, inverse(context, quotient, safe), parameterOf(other));
  const [condition, value] = together(context, node, [isZero, made]) as [
    RuntimeValue,
    RuntimeValue,
  ];
  return context.layer(node, 'choice', [condition, value], {}, { chosen: zero });
};
