import { integratedGradients, occlusion, smoothGrad } from './driver-methods.js';
import { deconvnet, gradient, guidedBackprop, inputTimesGradient } from './gradient-methods.js';
import { lrpMethods } from './lrp-methods.js';
import { deepTaylorMethod, lrpPresets } from './lrp-presets.js';
import type { MethodDefinition } from './method-definition.js';
import { patternAttribution, patternNet } from './pattern-methods.js';

/** Methods that are one program, in the order of the paper's figure: function, signal, attribution. */
const TRACED: readonly MethodDefinition[] = [
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

/** Drivers, each behind the method that it is nearest to. */
const DRIVERS: ReadonlyMap<MethodDefinition, readonly MethodDefinition[]> = new Map([
  [gradient, [smoothGrad(TRACED)]],
  [inputTimesGradient, [integratedGradients, occlusion]],
]);

/** Every method, in the order of the paper's figure: function, signal, attribution. */
export const METHODS: readonly MethodDefinition[] = TRACED.flatMap((method) => [
  method,
  ...(DRIVERS.get(method) ?? []),
]);
