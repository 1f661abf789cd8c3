import { isLinear } from '../layers/layer.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';
import { modify, modifyInput, type Modifier } from './modifier.js';
import type { Rule, RuleLoss, RuleScope } from './rule.js';

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
  /** Whether the bias's share goes back too, in equal parts to the neuron's inputs, padding not among them; default: the bias keeps it. */
  readonly distributes?: boolean;
  readonly factor: number;
  /** Added to the denominator with its sign, that of 0 being +1. */
  readonly epsilon: number;
  /** Only the relevance of neurons whose value, with the bias where the branch has one, is above or below 0. */
  readonly only?: 'above' | 'below';
}

/** A rule of the LRP family, as data (Bach et al. 2015). */
export interface LrpDefinition {
  readonly name: string;
  readonly branches: readonly LrpBranch[];
}

const asIs = ({ input, weights }: LrpTerm): boolean => input === 'as-is' && weights === 'as-is';

/** The sum of the terms over a neuron's inputs, without a bias. */
function contributions(scope: RuleScope, terms: readonly LrpTerm[]): Value {
  const { inputs, linear, ops } = scope;
  return terms
    .map((term) =>
      linear!.forward(
        modifyInput(scope, term.input, inputs[0]!),
        modify(scope, term.weights, linear!.weights),
      ),
    )
    .reduce((total, part) => ops.add(total, part));
}

const biasPart = (scope: RuleScope, { bias }: LrpBranch): Value | undefined =>
  scope.linear!.bias && bias !== 'none' ? modify(scope, bias, scope.linear!.bias) : undefined;

/** The z of the forward pass itself, where the branch changes nothing; else the sum of its terms and its part of the bias. */
function denominator(scope: RuleScope, branch: LrpBranch): Value {
  const { terms, bias } = branch;
  if (terms.length === 1 && asIs(terms[0]!) && bias === 'as-is') return scope.output;
  const sum = contributions(scope, terms);
  const biasTerm = biasPart(scope, branch);
  return biasTerm ? scope.ops.add(sum, biasTerm) : sum;
}

/** `r / z`, 0 where z is exactly 0; with an epsilon `r / (z + epsilon sign(z))`, sign(0) = +1. */
function share(ops: ProgramBuilder, r: Value, z: Value, epsilon: number): Value {
  if (epsilon === 0) return ops.safeDiv(r, z);
  const above = ops.add(z, ops.scalar(epsilon));
  const below = ops.sub(z, ops.scalar(epsilon));
  return ops.div(r, ops.select(ops.compare(z, 'greaterOrEqual', ops.scalar(0)), above, below));
}

/** The relevance of the neurons that the branch is about. */
function relevanceOf(scope: RuleScope, { only, bias }: LrpBranch, r: Value): Value {
  if (!only) return r;
  const { ops } = scope;
  const z =
    bias === 'none' ? contributions(scope, [{ input: 'as-is', weights: 'as-is' }]) : scope.output;
  return ops.mul(r, ops.compare(z, only === 'above' ? 'greater' : 'less', ops.scalar(0)));
}

/** `b / n` of each neuron's share to each of its n inputs. */
function distributed(scope: RuleScope, bias: Value, shares: Value): Value {
  const { ops, linear } = scope;
  const count = contributions(scope, [{ input: 'ones', weights: 'ones' }]);
  const each = ops.mul(shares, ops.safeDiv(bias, count));
  return linear!.transpose(each, modify(scope, 'ones', linear!.weights));
}

function branchRelevance(scope: RuleScope, branch: LrpBranch, r: Value): Value {
  const { ops, inputs, linear } = scope;
  const relevance = relevanceOf(scope, branch, r);
  const shares = share(ops, relevance, denominator(scope, branch), branch.epsilon);
  const parts = branch.terms.map((term) => {
    const back = linear!.transpose(shares, modify(scope, term.weights, linear!.weights));
    // Ones at padding would be 0, but what comes back there is dropped where the padding was made.
    return term.input === 'ones' ? back : ops.mul(modifyInput(scope, term.input, inputs[0]!), back);
  });
  const bias = branch.distributes === true ? biasPart(scope, branch) : undefined;
  if (bias) parts.push(distributed(scope, bias, shares));
  const total = parts.reduce((sum, part) => ops.add(sum, part));
  return branch.factor === 1 ? total : ops.mul(total, ops.scalar(branch.factor));
}

/** What a branch keeps back: the share of the bias, that of the stabiliser, and everything where it divides by 0. */
function branchLosses(scope: RuleScope, branch: LrpBranch, r: Value): [RuleLoss, Value][] {
  const { ops } = scope;
  const { epsilon, factor, only } = branch;
  const relevance = relevanceOf(scope, branch, r);
  const z = denominator(scope, branch);
  const shares = share(ops, relevance, z, epsilon);
  const bias = branch.distributes === true ? undefined : biasPart(scope, branch);
  const losses: [RuleLoss, Value][] = bias ? [['bias', ops.mul(shares, bias)]] : [];
  if (epsilon > 0) {
    const above = ops.compare(z, 'greaterOrEqual', ops.scalar(0));
    const signed = ops.select(above, ops.scalar(epsilon), ops.scalar(-epsilon));
    losses.push(['epsilon', ops.mul(shares, signed)]);
  } else
    losses.push(['zero denominator', ops.mul(relevance, ops.compare(z, 'equal', ops.scalar(0)))]);
  // Neurons of value 0 belong to neither side: their relevance counts as lost in the branch for values above 0.
  if (only === 'above') {
    const below = relevanceOf(scope, { ...branch, only: 'below' }, r);
    losses.push(['zero denominator', ops.sub(ops.sub(r, relevance), below)]);
  }
  return losses.map(([reason, value]) => [
    reason,
    factor === 1 ? value : ops.mul(value, ops.scalar(factor)),
  ]);
}

/** The sum over branches, by reason. */
function lrpLosses(
  scope: RuleScope,
  branches: readonly LrpBranch[],
  r: Value,
): Partial<Record<RuleLoss, Value>> {
  const sums: Partial<Record<RuleLoss, Value>> = {};
  for (const [reason, value] of branches.flatMap((branch) => branchLosses(scope, branch, r))) {
    const before = sums[reason];
    sums[reason] = before ? scope.ops.add(before, value) : value;
  }
  return sums;
}

/** A rule for linear layers from its data. */
export function lrpRule({ name, branches }: LrpDefinition): Rule {
  return {
    name,
    refuses: (layer) => (isLinear(layer) ? undefined : 'the rule is for linear layers'),
    backward: (scope, r) => [
      branches
        .map((branch) => branchRelevance(scope, branch, r))
        .reduce((sum, part) => scope.ops.add(sum, part)),
    ],
    losses: (scope, r) => lrpLosses(scope, branches, r),
  };
}

/** In proportion to the inputs of a layer that sums or averages them; 0 where the sum is exactly 0. */
export const proportionalRule: Rule = {
  name: 'proportional',
  backward: ({ ops, inputs, output, gradient }, r) =>
    gradient(ops.safeDiv(r, output)).map((share, index) => ops.mul(inputs[index]!, share)),
};
