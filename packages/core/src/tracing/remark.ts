import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import type { Composite } from '../composites/composite.js';
import { ruleNotes } from '../composites/rule-notes.js';
import type { Layer } from '../layers/layer.js';
import { layersThatNeverFired, type NeverFired } from '../patterns/linear-fallback.js';
import type { PatternSet } from '../patterns/pattern-set.js';
import type { Rule } from '../rules/rule.js';

/** What people should know of how a method was applied to a layer. */
export interface Remark {
  /** `rule`: what its rule says; `linear-pattern`, `no-pattern`: neurons that never fired in the data took the linear pattern, or have none. */
  readonly code: 'rule' | 'linear-pattern' | 'no-pattern';
  /** The name of the layer. */
  readonly layer: string;
  /** How many neurons are meant. */
  readonly value?: number;
  readonly text: string;
}

/** That neurons never fired, and which pattern they took. */
function remarkOn({ layer, neurons, of, linear }: NeverFired): Remark {
  const who = `${neurons.length} of ${of} ${of === 1 ? 'neuron' : 'neurons'} never fired in the data that the patterns were fitted on`;
  return {
    code: linear ? 'linear-pattern' : 'no-pattern',
    layer,
    value: neurons.length,
    text: linear
      ? `${who}: the linear pattern is taken`
      : `${who}: there is no pattern, and nothing passes. Fit the estimator linear too`,
  };
}

/** What rules say of the layers that they are applied to. */
export const remarksOnRules = (
  composite: Composite,
  rules: ReadonlyMap<Layer, Rule>,
  network: CanonicalNetwork,
): Remark[] =>
  ruleNotes(composite, rules, network).map(({ layer, reason }) => ({
    code: 'rule',
    layer,
    text: reason,
  }));

/** Neurons that never fired, of the layers whose positive directions were asked for. */
export const remarksOnPatterns = (
  patterns: PatternSet | undefined,
  asked: ReadonlySet<string>,
): Remark[] =>
  (patterns ? layersThatNeverFired(patterns) : [])
    .filter(({ layer }) => asked.has(layer))
    .map(remarkOn);
