import {
  build,
  choice,
  comparisons,
  division,
  elementwise,
  extrema,
  scalarParameter,
  type Operation,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

type OnnxOperation = Operation<OnnxNode>;

const sumOf: OnnxOperation = (node, context) => {
  const joint = node.inputs.every((input) => input?.kind === 'runtime') && node.inputs.length > 1;
  const total = elementwise.total(context, node, joint ? node : node.part('sum'));
  return joint ? total : context.layer(node, 'identity', [total], {});
};

const mean: OnnxOperation = (node, context) => {
  const total = elementwise.total(context, node, node.part('sum'));
  return build.scale(context, node, total, scalarParameter(1 / node.inputs.length));
};

/** Whole numbers are cut towards 0. */
const divide: OnnxOperation = (node, context) =>
  node.numberTypeAt(0) === 'float'
    ? elementwise.divide(node, context)
    : division.wholeQuotient('truncate')(node, context);

/** The remainder: with the sign of the dividend where `fmod` says so, else with that of the divisor. */
const modulo: OnnxOperation = (node, context) =>
  division.remainder(node.int('fmod', 0) === 1 ? 'truncate' : 'floor')(node, context);

/** Both infinities, or one of them. */
const isInf: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const positive = node.int('detect_positive', 1) === 1,
    negative = node.int('detect_negative', 1) === 1;
  if (positive && negative) {
    const size = context.layer(node.part('abs'), 'pointwise', [x], { function: 'abs' });
    return comparisons.compareTo(context, node, size, 'equal', scalarParameter(Infinity));
  }
  const sought = positive ? Infinity : negative ? -Infinity : undefined;
  return sought === undefined
    ? comparisons.compareTo(context, node, x, 'greater', scalarParameter(Infinity))
    : comparisons.compareTo(context, node, x, 'equal', scalarParameter(sought));
};

export const arithmetic: Readonly<Record<string, OnnxOperation>> = {
  And: comparisons.and,
  Div: divide,
  GreaterOrEqual: comparisons.comparison('greaterOrEqual'),
  IsInf: isInf,
  IsNaN: comparisons.isNaN,
  LessOrEqual: comparisons.comparison('lessOrEqual'),
  Max: extrema.maximum,
  Mean: mean,
  Min: extrema.minimum,
  Mod: modulo,
  Not: comparisons.not,
  Or: comparisons.or,
  Sum: sumOf,
  Where: choice.where,
  Xor: comparisons.exclusiveOr,
};
