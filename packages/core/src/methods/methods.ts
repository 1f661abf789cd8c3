import { anyLayer, kinds, type Composite, type Matcher } from '../composites/composite.js';
import { ESTIMATOR_IDS, type EstimatorId } from '../estimators/estimator.js';
import { activationClass, type ActivationClass } from '../layers/activation-functions.js';
import { gradientRule, passRule } from '../rules/gradient.js';
import { lrpAlphaBeta, lrpEpsilon, proportionalRule } from '../rules/lrp.js';
import {
  patternAttributionRule,
  patternNetRule,
  type PatternRuleOptions,
} from '../rules/pattern-rules.js';
import { approximateSlope, deconvnetRectifier, guidedRectifier } from '../rules/rectifier-rules.js';
import type { Rule } from '../rules/rule.js';
import type { Method, MethodParameters, ParameterValue } from './method.js';

/** A method before its parameters are chosen. */
export interface MethodDefinition {
  readonly id: string;
  readonly group: Method['group'];
  readonly start: Method['start'];
  /** Defaults; a string parameter may only be one of its `choices`. */
  readonly parameters: Readonly<
    Record<
      string,
      {
        readonly default: ParameterValue;
        readonly choices?: readonly string[];
        readonly positive?: boolean;
      }
    >
  >;
  readonly composite: (parameters: MethodParameters) => Composite;
  readonly needsPatterns?: (parameters: MethodParameters) => boolean;
  readonly timesInput?: boolean;
}

const linearKinds = kinds('dense', 'convolution', 'transposed-convolution', 'scale');
const layoutKinds = kinds(
  'concat',
  'slice',
  'pad',
  'reshape',
  'transpose',
  'gather',
  'expand',
  'identity',
  'dropout',
);
const maxima = kinds('max-pool', 'maximum-over-axes');
const averages = kinds('average-pool', 'mean', 'sum');
const sums = kinds('add', 'add-constant');
const responseNormalisation = kinds('local-response-normalisation');

const activationsOf =
  (...classes: readonly ActivationClass[]): Matcher =>
  (layer) =>
    layer.kind === 'activation' && classes.includes(activationClass[layer.attributes.function]);

/** What is linear, or picks a winner, passes as its gradient in every method that is not LRP. */
const structure: Composite = [
  [maxima, gradientRule],
  [averages, gradientRule],
  [sums, gradientRule],
  [layoutKinds, gradientRule],
];

const rectifiers: Matcher = (layer, network) =>
  kinds('rectifier')(layer, network) || activationsOf('clip')(layer, network);

function lrpComposite(rule: Rule): Composite {
  return [
    [linearKinds, rule],
    [rectifiers, passRule],
    [activationsOf('leaky', 'smooth-monotone'), passRule],
    [responseNormalisation, passRule],
    [maxima, gradientRule],
    [averages, proportionalRule],
    [sums, proportionalRule],
    [layoutKinds, gradientRule],
  ];
}

function patternComposite(rule: Rule): Composite {
  return [
    [linearKinds, rule],
    [rectifiers, gradientRule],
    [activationsOf('leaky'), gradientRule],
    [activationsOf('smooth-monotone'), approximateSlope],
    [responseNormalisation, passRule],
    ...structure,
  ];
}

const patternOptions = (parameters: MethodParameters): PatternRuleOptions => ({
  estimator: parameters['estimator'] as EstimatorId,
  regimes: parameters['regimes'] as PatternRuleOptions['regimes'],
});

const patternMethod = (
  id: string,
  group: Method['group'],
  rule: (options: PatternRuleOptions) => Rule,
): MethodDefinition => ({
  id,
  group,
  start: 'value',
  parameters: {
    estimator: { default: 'two-component', choices: ESTIMATOR_IDS },
    regimes: { default: 'positive', choices: ['positive', 'both'] },
  },
  composite: (parameters) => patternComposite(rule(patternOptions(parameters))),
  needsPatterns: ({ estimator }) => estimator === 'linear' || estimator === 'two-component',
});

const plain = (
  id: string,
  group: Method['group'],
  start: Method['start'],
  composite: Composite,
): MethodDefinition => ({
  id,
  group,
  start,
  parameters: {},
  composite: () => composite,
});

const gradientComposite: Composite = [[anyLayer, gradientRule]];

/** Every method, in the order of the paper's figure: function, signal, attribution. */
export const METHODS: readonly MethodDefinition[] = [
  plain('gradient', 'function', 'one', gradientComposite),
  plain('deconvnet', 'signal', 'one', [
    [linearKinds, gradientRule],
    [rectifiers, deconvnetRectifier],
    [responseNormalisation, passRule],
    ...structure,
  ]),
  plain('guided-backprop', 'signal', 'one', [
    [linearKinds, gradientRule],
    [rectifiers, guidedRectifier],
    [responseNormalisation, gradientRule],
    ...structure,
  ]),
  patternMethod('pattern-net', 'signal', patternNetRule),
  { ...plain('input-x-gradient', 'attribution', 'one', gradientComposite), timesInput: true },
  plain('lrp-0', 'attribution', 'value', lrpComposite(lrpEpsilon(0))),
  {
    id: 'lrp-epsilon',
    group: 'attribution',
    start: 'value',
    parameters: { epsilon: { default: 1e-6, positive: true } },
    composite: ({ epsilon }) => lrpComposite(lrpEpsilon(epsilon as number)),
  },
  plain('lrp-alpha1-beta0', 'attribution', 'value', lrpComposite(lrpAlphaBeta(1, 0))),
  plain('lrp-alpha2-beta1', 'attribution', 'value', lrpComposite(lrpAlphaBeta(2, 1))),
  patternMethod('pattern-attribution', 'attribution', patternAttributionRule),
];
