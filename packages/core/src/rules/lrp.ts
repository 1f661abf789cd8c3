import type { ProgramBuilder, Value } from '../program/program-builder.js';
import type { Rule, RuleScope } from './rule.js';

/** How a rule changes an input, weights or a bias before it uses them. */
export type Modifier =
  'as-is' | 'positive' | 'negative' | ((ops: ProgramBuilder, value: Value) => Value);

/** One product of modified inputs and modified weights. */
export interface LrpTerm {
  readonly input: Modifier;
  readonly weights: Modifier;
}

/** Relevance in proportion to the terms' contributions, times a factor. */
export interface LrpBranch {
  readonly terms: readonly LrpTerm[];
  /** The bias's part in the denominator. */
  readonly bias: Modifier | 'none';
  readonly factor: number;
  /** Added to the denominator with its sign, that of 0 being +1. */
  readonly epsilon: number;
}

/** A rule of the LRP family, as data (Bach et al. 2015). */
export interface LrpDefinition {
  readonly name: string;
  readonly branches: readonly LrpBranch[];
}

function modify(ops: ProgramBuilder, modifier: Modifier, value: Value): Value {
  if (modifier === 'as-is') return value;
  if (modifier === 'positive') return ops.positivePart(value);
  return modifier === 'negative' ? ops.negativePart(value) : modifier(ops, value);
}

/** The very z of the forward pass, where the branch changes nothing; else the sum of its terms and its part of the bias. */
function denominator(
  { ops, inputs, linear, output }: RuleScope,
  { terms, bias }: LrpBranch,
): Value {
  const plain =
    terms.length === 1 &&
    terms[0]!.input === 'as-is' &&
    terms[0]!.weights === 'as-is' &&
    bias === 'as-is';
  if (plain) return output;
  const parts = terms.map((term) =>
    linear!.forward(
      modify(ops, term.input, inputs[0]!),
      modify(ops, term.weights, linear!.weights),
    ),
  );
  const all = linear!.bias && bias !== 'none' ? [...parts, modify(ops, bias, linear!.bias)] : parts;
  return all.reduce((total, part) => ops.add(total, part));
}

/** `r / z`, 0 where z is exactly 0; with an epsilon `r / (z + epsilon sign(z))`, sign(0) = +1. */
function share(ops: ProgramBuilder, r: Value, z: Value, epsilon: number): Value {
  if (epsilon === 0) return ops.safeDiv(r, z);
  const above = ops.add(z, ops.scalar(epsilon));
  const below = ops.sub(z, ops.scalar(epsilon));
  return ops.div(r, ops.select(ops.compare(z, 'greaterOrEqual', ops.scalar(0)), above, below));
}

function branchRelevance(scope: RuleScope, branch: LrpBranch, r: Value): Value {
  const { ops, inputs, linear } = scope;
  const shares = share(ops, r, denominator(scope, branch), branch.epsilon);
  const parts = branch.terms.map((term) =>
    ops.mul(
      modify(ops, term.input, inputs[0]!),
      linear!.transpose(shares, modify(ops, term.weights, linear!.weights)),
    ),
  );
  const total = parts.reduce((sum, part) => ops.add(sum, part));
  return branch.factor === 1 ? total : ops.mul(total, ops.scalar(branch.factor));
}

/** A rule for linear layers from its data. */
export function lrpRule({ name, branches }: LrpDefinition): Rule {
  return {
    name,
    refuses: (layer) =>
      layer.kind === 'dense' ||
      layer.kind === 'convolution' ||
      layer.kind === 'transposed-convolution' ||
      layer.kind === 'scale'
        ? undefined
        : 'the rule is for linear layers',
    backward: (scope, r) => [
      branches
        .map((branch) => branchRelevance(scope, branch, r))
        .reduce((sum, part) => scope.ops.add(sum, part)),
    ],
  };
}

/** `x w r / z`; `z` with its bias, and with epsilon's sign where one is given. */
export function lrpEpsilon(epsilon: number): Rule {
  const terms: LrpTerm[] = [{ input: 'as-is', weights: 'as-is' }];
  return lrpRule({
    name: epsilon === 0 ? 'lrp-0' : 'lrp-epsilon',
    branches: [{ terms, bias: 'as-is', factor: 1, epsilon }],
  });
}

/** Positive contributions with the positive bias, times alpha, less negative ones with the negative bias, times beta. */
export function lrpAlphaBeta(alpha: number, beta: number): Rule {
  const positive: LrpBranch = {
    terms: [
      { input: 'positive', weights: 'positive' },
      { input: 'negative', weights: 'negative' },
    ],
    bias: 'positive',
    factor: alpha,
    epsilon: 0,
  };
  const negative: LrpBranch = {
    terms: [
      { input: 'positive', weights: 'negative' },
      { input: 'negative', weights: 'positive' },
    ],
    bias: 'negative',
    factor: -beta,
    epsilon: 0,
  };
  return lrpRule({
    name: `lrp-alpha${alpha}-beta${beta}`,
    branches: beta === 0 ? [positive] : [positive, negative],
  });
}

/** In proportion to the inputs of a layer that sums or averages them; 0 where the sum is exactly 0. */
export const proportionalRule: Rule = {
  name: 'proportional',
  backward: ({ ops, inputs, output, gradient }, r) =>
    gradient(ops.safeDiv(r, output)).map((share, index) => ops.mul(inputs[index]!, share)),
};
