import { firstLinear, normalisesInput } from '../network/input-path.js';
import { gradientRule, normaliserRule, passRule } from '../rules/gradient.js';
import {
  lrpAlphaBeta,
  lrpEpsilon,
  lrpFlat,
  lrpGamma,
  lrpWSquared,
  lrpZPlus,
} from '../rules/lrp-rules.js';
import { type InputBounds, lrpZBox } from '../rules/lrp-z-box.js';
import { proportionalRule } from '../rules/lrp.js';
import { type GateTreatment, lrpGate, normalisesByNorm, normRule } from '../rules/held-rules.js';
import type { Rule } from '../rules/rule.js';
import { type Composite, groups, kinds } from './composite.js';
import {
  averages,
  layoutKinds,
  linearKinds,
  maxima,
  rectifiers,
  responseNormalisation,
  sums,
} from './layer-groups.js';

export interface GateOptions {
  /** Who gets the relevance of a value that is multiplied by a gate: the value (`hold`, the default), or both in halves. */
  readonly gate?: GateTreatment;
}

/** What LRP does with every layer that is not linear, behind rules for those that are. */
const otherLayers = ({ gate = 'hold' }: GateOptions): Composite => [
  [rectifiers, passRule],
  [groups('leaky', 'smooth-monotone', 'self-gated'), passRule],
  [responseNormalisation, passRule],
  [maxima, gradientRule],
  [averages, proportionalRule],
  [sums, proportionalRule],
  [layoutKinds, gradientRule],
  [normalisesByNorm, normRule],
  [kinds('quotient'), normRule],
  [kinds('product'), lrpGate(gate)],
];

/** A rule for the layers that read the input, which reaches the input through what normalises it by constants: there relevance passes unchanged, as where the input
 * is given normalised. */
const inputRule = (first: Rule | undefined): Composite =>
  first
    ? [
        [normalisesInput, normaliserRule],
        [firstLinear, { ...first, forInputs: true }],
      ]
    : [];

/** One rule for linear layers, and another for those that read the input where it is given. */
export function lrpComposite(linear: Rule, first?: Rule, options: GateOptions = {}): Composite {
  return [...inputRule(first), [linearKinds, linear], ...otherLayers(options)];
}

export interface LrpPreset extends GateOptions {
  /** Of convolutions, transposed ones too. */
  readonly convolution: Rule;
  /** Of dense layers, and of normalisations that stand alone. */
  readonly dense: Rule;
  /** Of linear layers that read the input; default: as the others. */
  readonly first?: Rule;
}

/** A rule for convolutions, one for dense layers, and perhaps one for those that read the input (Kohlbrenner et al. 2020). */
export function lrpPreset({ convolution, dense, first, gate }: LrpPreset): Composite {
  return [
    ...inputRule(first),
    [kinds('convolution', 'transposed-convolution'), convolution],
    [linearKinds, dense],
    ...otherLayers(gate === undefined ? {} : { gate }),
  ];
}

const EPSILON = 1e-6;
const GAMMA = 0.25;

export interface EpsilonOptions extends GateOptions {
  /** Default 1e-6. */
  readonly epsilon?: number;
}

export interface GammaPresetOptions extends EpsilonOptions {
  /** Default 0.25. */
  readonly gamma?: number;
}

const dense = ({ epsilon = EPSILON }: EpsilonOptions): Rule => lrpEpsilon(epsilon);

/** Positive contributions in convolutions, epsilon in dense layers. */
export const epsilonPlus = (options: EpsilonOptions = {}): Composite =>
  lrpPreset({ ...options, convolution: lrpZPlus, dense: dense(options) });

/** The same, and equal parts in layers that read the input. */
export const epsilonPlusFlat = (options: EpsilonOptions = {}): Composite =>
  lrpPreset({ ...options, convolution: lrpZPlus, dense: dense(options), first: lrpFlat });

/** Gamma in convolutions, epsilon in dense layers. */
export const epsilonGamma = (options: GammaPresetOptions = {}): Composite =>
  lrpPreset({ ...options, convolution: lrpGamma(options.gamma ?? GAMMA), dense: dense(options) });

/** The same, and the box rule in layers that read the input. */
export const epsilonGammaBox = (options: GammaPresetOptions & InputBounds): Composite =>
  lrpPreset({
    ...options,
    convolution: lrpGamma(options.gamma ?? GAMMA),
    dense: dense(options),
    first: lrpZBox(options),
  });

/** Alpha 2, beta 1 in convolutions, epsilon in dense layers. */
export const epsilonAlpha2Beta1 = (options: EpsilonOptions = {}): Composite =>
  lrpPreset({ ...options, convolution: lrpAlphaBeta(2, 1), dense: dense(options) });

/** The same, and equal parts in layers that read the input. */
export const epsilonAlpha2Beta1Flat = (options: EpsilonOptions = {}): Composite =>
  lrpPreset({ ...options, convolution: lrpAlphaBeta(2, 1), dense: dense(options), first: lrpFlat });

/** What is known of a network's inputs: nothing, bounds, or that none is negative. */
export type InputKnowledge = 'unbounded' | 'positive' | InputBounds;

/** Deep Taylor decomposition (Montavon et al. 2017): positive contributions in hidden linear layers; in those that read the input squared weights,
 * the box rule, or positive contributions too, by what is known of the input. */
export function deepTaylor(
  input: InputKnowledge = 'unbounded',
  options: GateOptions = {},
): Composite {
  if (input === 'positive') return lrpComposite(lrpZPlus, lrpZPlus, options);
  const first = input === 'unbounded' ? lrpWSquared : lrpZBox(input);
  return lrpComposite(lrpZPlus, first, options);
}
