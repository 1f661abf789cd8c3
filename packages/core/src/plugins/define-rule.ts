import type { Layer } from '../layers/layer.js';
import type { Network } from '../network/network.js';
import type { MethodParameters, ParameterSpec } from '../parameters/parameter-spec.js';
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

/** A rule as its author writes it: as `Rule`, with its parameters handed in last. */
export interface RuleParts {
  readonly id: string;
  readonly parameters?: Readonly<Record<string, ParameterSpec>>;
  readonly refuses?: (
    layer: Layer,
    network: Network,
    parameters: MethodParameters,
  ) => string | undefined;
  readonly note?: (layer: Layer, parameters: MethodParameters) => string | undefined;
  readonly backward: (
    scope: RuleScope,
    r: Value,
    parameters: MethodParameters,
  ) => readonly (Value | Signal)[];
}

/** A rule before its parameters are chosen. */
export interface RuleDefinition {
  readonly id: string;
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** The rule for given parameters, the others being their defaults.
   * @throws PatternLensError `invalid-argument` for an unknown parameter or a value out of range. */
  readonly make: (given?: Readonly<Record<string, unknown>>) => Rule;
}

/** Defines a rule: how relevance, signal or gradient passes back through one layer.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineRule(parts: RuleParts): RuleDefinition {
  checkObject('rule', parts);
  const { id, refuses, note, backward } = parts;
  checkId('rule', id);
  const what = `rule "${id}"`;
  checkFunction(what, 'backward', backward);
  checkOptionalFunction(what, 'refuses', refuses);
  checkOptionalFunction(what, 'note', note);
  const parameters = checkedSpecs(what, parts.parameters);
  const make = (given: Readonly<Record<string, unknown>> = {}): Rule => {
    const own = resolveParameters(id, parameters, given);
    return Object.freeze({
      name: id,
      ...(refuses && { refuses: (layer: Layer, network: Network) => refuses(layer, network, own) }),
      ...(note && { note: (layer: Layer) => note(layer, own) }),
      backward: (scope: RuleScope, r: Value) => backward(scope, r, own),
    });
  };
  return Object.freeze({ id, parameters, make });
}
