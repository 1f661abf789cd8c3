import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { isFitted, type Layer } from '../layers/layer.js';
import { firstLinear, missesFirstLinear } from '../network/input-path.js';
import type { Rule } from '../rules/rule.js';
import { type Composite, ruleFor } from './composite.js';

/** Which rule each layer of a network takes. */
export interface AppliedRules {
  /** Layers that only lead to inputs which rules hold are not among them: nothing comes back to them. */
  readonly rules: ReadonlyMap<Layer, Rule>;
  /** Why layers have none. */
  readonly problems: ReadonlyMap<Layer, string>;
}

/** Goes back from the network's output to the layers that something comes back to, and finds the rule of each. */
export function applyComposite(composite: Composite, network: CanonicalNetwork): AppliedRules {
  const rules = new Map<Layer, Rule>();
  const problems = new Map<Layer, string>();
  const reached = new Set([network.outputs[0]!]);
  for (const layer of network.layers.toReversed()) {
    if (!reached.has(layer.output)) continue;
    const found = ruleFor(composite, layer, network);
    const held = 'rule' in found ? (found.rule.holds?.(layer, network) ?? []) : [];
    if ('rule' in found) rules.set(layer, found.rule);
    else problems.set(layer, found.reason);
    for (const [index, input] of layer.inputs.entries())
      if (!held.includes(index)) reached.add(input);
  }
  const inOrder = <T>(of: ReadonlyMap<Layer, T>): ReadonlyMap<Layer, T> =>
    new Map([...of].reverse());
  return { rules: inOrder(rules), problems: inOrder(problems) };
}

/** Whether a composite has a rule for the layers that read the input. */
export const hasInputRule = (composite: Composite): boolean =>
  composite.some(([, rule]) => rule.forInputs === true);

/** A remark on layers, or on inputs of the network, by their names. */
interface Refusal {
  readonly names: readonly string[];
  readonly reason: string;
}

/** Why a composite that has a rule for layers which read the input would be another method on a network: none of its dense layers and convolutions does.
 * A network without any has nothing that such a rule is about. */
export function missingFirst(composite: Composite, network: CanonicalNetwork): Refusal | undefined {
  if (!hasInputRule(composite) || !network.layers.some(isFitted)) return undefined;
  if (network.layers.some((layer) => firstLinear(layer, network))) return undefined;
  const instead = network.layers.filter((layer) => missesFirstLinear(layer, network));
  return {
    names: (instead.length > 0 ? instead : network.inputs).map(({ name }) => name),
    reason:
      'no dense layer or convolution reads an input, as it is or normalised by constants, so that the rule for inputs would never be applied',
  };
}

/** What is refused, by reason. */
function refusals(problems: ReadonlyMap<Layer, string>): Refusal[] {
  const names = new Map<string, string[]>();
  for (const [{ name }, reason] of problems)
    names.set(reason, [...(names.get(reason) ?? []), name]);
  return [...names].map(([reason, of]) => ({ names: of, reason }));
}

/** @throws PatternLensError `unsupported-layer` naming every layer that the method has no rule for, with the reason. */
export function rulesFor(
  composite: Composite,
  method: string,
  network: CanonicalNetwork,
): ReadonlyMap<Layer, Rule> {
  const { rules, problems } = applyComposite(composite, network);
  const unreached = missingFirst(composite, network);
  if (problems.size === 0 && unreached === undefined) return rules;
  const reasons = [...refusals(problems), ...(unreached ? [unreached] : [])].map(
    ({ names, reason }) => `${names.map((name) => `"${name}"`).join(', ')}: ${reason}`,
  );
  const remedy =
    problems.size === 0
      ? 'Use a method without such a rule, as lrp-epsilon or epsilon-plus'
      : 'Use gradient or input-x-gradient';
  throw new PatternLensError(
    'core',
    'unsupported-layer',
    `${method}: it cannot explain this network. ${reasons.join('; ')}. ${remedy}, or give a composite with rules for these layers.`,
    { method },
  );
}
