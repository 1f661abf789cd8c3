import { deconvnet, gradient, guidedBackprop, inputTimesGradient } from './gradient-methods.js';
import { lrpMethods } from './lrp-methods.js';
import { deepTaylorMethod, lrpPresets } from './lrp-presets.js';
import type { MethodDefinition } from './method-definition.js';
import { patternAttribution, patternNet } from './pattern-methods.js';

/** Every method, in the order of the paper's figure: function, signal, attribution. */
export const METHODS: readonly MethodDefinition[] = [
  gradient,
  deconvnet,
  guidedBackprop,
  patternNet,
  inputTimesGradient,
  ...lrpMethods,
  ...lrpPresets,
  deepTaylorMethod,
  patternAttribution,
];
