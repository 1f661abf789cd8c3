import { isLinear, type LinearLayer } from '../layers/layer.js';
import type { Network } from '../network/network.js';
import type { NoSpecs } from '../methods/method-definition.js';
import type { ParametersOf, ParameterSpecs } from '../parameters/parameter-types.js';
import type { Value } from '../program/program-builder.js';
import type { LinearScope, RuleScope } from '../rules/rule.js';
import type { Signal } from '../rules/signal.js';
import { checkFunction, checkObject, checkOptionalFunction } from './check-part.js';
import { defineRule, type DefinedRule, type RuleParts } from './define-rule.js';

/** What a rule for linear layers sees: such a layer has one input, and weights. */
export interface LinearRuleScope extends RuleScope {
  readonly layer: LinearLayer;
  readonly inputs: readonly [Value];
  readonly linear: LinearScope;
}

/** A rule for linear layers as its author writes it. */
export interface LinearRuleParts<P extends ParameterSpecs = ParameterSpecs> extends Pick<
  RuleParts<P>,
  'id' | 'parameters'
> {
  /** Why the rule is not for a linear layer; every other layer is refused anyway. */
  readonly refuses?: (
    layer: LinearLayer,
    network: Network,
    parameters: ParametersOf<P>,
  ) => string | undefined;
  readonly note?: (layer: LinearLayer, parameters: ParametersOf<P>) => string | undefined;
  /** What goes back to the layer's one input, in its shape. */
  readonly backward: (
    scope: LinearRuleScope,
    r: Value,
    parameters: ParametersOf<P>,
  ) => Value | Signal;
}

/** Defines a rule for dense layers, convolutions of any rank and scales: it refuses all others.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineLinearRule<const P extends ParameterSpecs = NoSpecs>(
  parts: LinearRuleParts<P>,
): DefinedRule<P> {
  checkObject('rule', parts);
  const { refuses, note, backward } = parts;
  const what = `rule "${parts.id}"`;
  checkFunction(what, 'backward', backward);
  checkOptionalFunction(what, 'refuses', refuses);
  checkOptionalFunction(what, 'note', note);
  return defineRule<P>({
    ...parts,
    refuses: (layer, network, parameters) =>
      isLinear(layer) ? refuses?.(layer, network, parameters) : 'the rule is for linear layers',
    note: (layer, parameters) => (isLinear(layer) ? note?.(layer, parameters) : undefined),
    // `refuses` leaves linear layers only, whose scope is a linear one.
    backward: (scope, r, parameters) => [backward(scope as LinearRuleScope, r, parameters)],
  });
}
