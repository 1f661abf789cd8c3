import { groups, kinds, type Composite } from '../composites/composite.js';
import {
  linearKinds,
  rectifiers,
  responseNormalisation,
  selfGated,
  structure,
} from '../composites/layer-groups.js';
import { ESTIMATOR_IDS } from '../patterns/estimators/estimator.js';
import { gradientRule, passRule } from '../rules/gradient.js';
import {
  PATTERN_ADDITIONS,
  type PatternAddition,
  patternAttributionAddition,
  patternNetAddition,
} from '../rules/pattern-additions.js';
import {
  patternAttributionRule,
  patternNetRule,
  type PatternRuleOptions,
} from '../rules/pattern-rules.js';
import { type GateTreatment, normalisesByNorm, normRule, signalGate } from '../rules/held-rules.js';
import { approximateSlope, secantRule } from '../rules/rectifier-rules.js';
import type { Rule } from '../rules/rule.js';
import { gateSpec } from './lrp-parameters.js';
import { tracedMethod } from './method-definition.js';
import type { Method } from './method.js';

function patternComposite(rule: Rule, addition: Rule, gate: GateTreatment): Composite {
  return [
    [linearKinds, rule],
    [rectifiers, gradientRule],
    [groups('leaky'), gradientRule],
    [groups('smooth-monotone'), approximateSlope],
    [selfGated, secantRule],
    [responseNormalisation, passRule],
    [kinds('add', 'sum'), addition],
    ...structure,
    [normalisesByNorm, normRule],
    [kinds('quotient'), normRule],
    [kinds('product'), signalGate(gate)],
  ];
}

const patternMethod = <const Id extends string>(
  id: Id,
  group: Method['group'],
  rule: (options: PatternRuleOptions) => Rule,
  addition: (add: PatternAddition) => Rule,
) =>
  tracedMethod({
    id,
    group,
    start: 'value',
    parameters: {
      estimator: { default: 'two-component', choices: ESTIMATOR_IDS, of: 'estimators' },
      regimes: { default: 'positive', choices: ['positive', 'both'] },
      add: { default: 'copy', choices: PATTERN_ADDITIONS },
      gate: gateSpec,
    },
    composite: (parameters) =>
      patternComposite(rule(parameters), addition(parameters.add), parameters.gate),
    needsPatterns: ({ estimator }) => estimator === 'linear' || estimator === 'two-component',
  });

/** PatternNet (Kindermans et al. 2017). */
export const patternNet = patternMethod(
  'pattern-net',
  'signal',
  patternNetRule,
  patternNetAddition,
);

/** PatternAttribution (Kindermans et al. 2017). */
export const patternAttribution = patternMethod(
  'pattern-attribution',
  'attribution',
  patternAttributionRule,
  patternAttributionAddition,
);
