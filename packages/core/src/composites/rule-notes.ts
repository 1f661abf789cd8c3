import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import type { Layer } from '../layers/layer.js';
import { missesFirstLinear } from '../network/input-path.js';
import type { Rule } from '../rules/rule.js';
import { hasInputRule } from './apply-composite.js';
import type { Composite } from './composite.js';

/** What people should know of the layers that rules are applied to, in the order of the layers. */
export function ruleNotes(
  composite: Composite,
  rules: ReadonlyMap<Layer, Rule>,
  network: CanonicalNetwork,
): { readonly layer: string; readonly reason: string }[] {
  const forInputs = hasInputRule(composite);
  return [...rules].flatMap(([layer, rule]) => {
    const note = rule.note?.(layer);
    const missed = forInputs && missesFirstLinear(layer, network);
    return [
      ...(note === undefined ? [] : [note]),
      ...(missed ? ['an input arrives here: the rule for inputs does not reach that way'] : []),
    ].map((reason) => ({ layer: layer.name, reason }));
  });
}
