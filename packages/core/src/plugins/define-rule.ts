import type { Layer } from '../layers/layer.js';
import type { Network } from '../network/network.js';
import type { NoSpecs } from '../methods/method-definition.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import type {
  GivenParameters,
  ParametersOf,
  ParameterSpecs,
} from '../parameters/parameter-types.js';
import { resolveParameters } from '../parameters/resolve-parameters.js';
import type { Value } from '../program/program-builder.js';
import type { Rule, RuleScope } from '../rules/rule.js';
import type { Signal } from '../rules/signal.js';
import {
  checkedSpecs,
  checkFunction,
  checkId,
  checkObject,
  checkOptionalFunction,
} from './check-part.js';

/** A rule as its author writes it: as `Rule`, with its parameters handed in last, of the types that their specs say. */
export interface RuleParts<P extends ParameterSpecs = ParameterSpecs> {
  readonly id: string;
  readonly parameters?: P;
  readonly refuses?: (
    layer: Layer,
    network: Network,
    parameters: ParametersOf<P>,
  ) => string | undefined;
  readonly holds?: (
    layer: Layer,
    network: Network,
    parameters: ParametersOf<P>,
  ) => readonly number[];
  readonly note?: (layer: Layer, parameters: ParametersOf<P>) => string | undefined;
  readonly backward: (
    scope: RuleScope,
    r: Value,
    parameters: ParametersOf<P>,
  ) => readonly (Value | Signal | undefined)[];
}

/** A rule before its parameters are chosen. */
export interface RuleDefinition {
  readonly id: string;
  readonly parameters: ParameterSpecs;
  /** The rule for given parameters, the others being their defaults.
   * @throws PatternLensError `invalid-argument` for an unknown parameter or a value out of range. */
  make(given?: MethodParameters): Rule;
}

/** A rule whose parameters the compiler knows. */
export interface DefinedRule<P extends ParameterSpecs> extends RuleDefinition {
  readonly parameters: P;
  make(given?: GivenParameters<P>): Rule;
}

/** Defines a rule: how relevance, signal or gradient passes back through one layer.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineRule<const P extends ParameterSpecs = NoSpecs>(
  parts: RuleParts<P>,
): DefinedRule<P> {
  checkObject('rule', parts);
  const { id, refuses, holds, note, backward } = parts;
  checkId('rule', id);
  const what = `rule "${id}"`;
  checkFunction(what, 'backward', backward);
  checkOptionalFunction(what, 'refuses', refuses);
  checkOptionalFunction(what, 'holds', holds);
  checkOptionalFunction(what, 'note', note);
  const parameters = checkedSpecs(what, parts.parameters) as P;
  const make = (given: Readonly<Record<string, unknown>> = {}): Rule => {
    const chosen = resolveParameters(id, parameters, given) as ParametersOf<P>;
    return Object.freeze({
      name: id,
      ...(refuses && {
        refuses: (layer: Layer, network: Network) => refuses(layer, network, chosen),
      }),
      ...(holds && {
        holds: (layer: Layer, network: Network) => holds(layer, network, chosen),
      }),
      ...(note && { note: (layer: Layer) => note(layer, chosen) }),
      backward: (scope: RuleScope, r: Value) => backward(scope, r, chosen),
    });
  };
  return Object.freeze({ id, parameters, make });
}
