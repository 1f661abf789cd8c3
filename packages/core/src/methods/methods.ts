import { integratedGradients, occlusion, smoothGrad } from './driver-methods.js';
import { deconvnet, gradient, guidedBackprop, inputTimesGradient } from './gradient-methods.js';
import { lrpMethods } from './lrp-methods.js';
import { deepTaylorMethod, lrpPresets } from './lrp-presets.js';
import type { MethodDefinition } from './method-definition.js';
import { patternAttribution, patternNet } from './pattern-methods.js';

/** Methods that are one program. */
const TRACED = [
  gradient,
  deconvnet,
  guidedBackprop,
  patternNet,
  inputTimesGradient,
  ...lrpMethods,
  ...lrpPresets,
  deepTaylorMethod,
  patternAttribution,
] as const;

/** All methods, each driver after the method that it is closest to. */
const BUILT_IN = [
  gradient,
  smoothGrad(TRACED),
  deconvnet,
  guidedBackprop,
  patternNet,
  inputTimesGradient,
  integratedGradients,
  occlusion,
  ...lrpMethods,
  ...lrpPresets,
  deepTaylorMethod,
  patternAttribution,
] as const;

export type BuiltInMethod = (typeof BUILT_IN)[number];

/** The id of a built-in method, such as `gradient` or `pattern-attribution`. */
export type MethodId = BuiltInMethod['id'];

/** Every built-in method with its parameters and defaults, in the order of figure 1 of Kindermans et al. 2017: function, signal, attribution. `docs/methods.md` has
 * their formulas and sources. */
export const METHODS: readonly (MethodDefinition & { readonly id: MethodId })[] = BUILT_IN;
