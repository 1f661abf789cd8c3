import type { MethodGroup } from '@patternlens/core';

/** What a method is called, and which other methods its maps may be compared with. */
interface MethodName {
  readonly name: string;
  readonly group: MethodGroup;
}

const named = (group: MethodGroup, name: string): MethodName => ({ name, group });

const METHOD_NAMES: ReadonlyMap<string, MethodName> = new Map([
  ['gradient', named('function', 'Gradient')],
  ['smoothgrad', named('function', 'SmoothGrad')],
  ['deconvnet', named('signal', 'DeConvNet')],
  ['guided-backprop', named('signal', 'Guided BackProp')],
  ['pattern-net', named('signal', 'PatternNet')],
  ['input-x-gradient', named('attribution', 'Input x Gradient')],
  ['integrated-gradients', named('attribution', 'Integrated Gradients')],
  ['occlusion', named('attribution', 'Occlusion')],
  ['lrp-0', named('attribution', 'LRP-0')],
  ['lrp-epsilon', named('attribution', 'LRP-epsilon')],
  ['lrp-gamma', named('attribution', 'LRP-gamma')],
  ['lrp-alpha1-beta0', named('attribution', 'LRP-α1β0')],
  ['lrp-alpha2-beta1', named('attribution', 'LRP-α2β1')],
  ['lrp-alpha-beta', named('attribution', 'LRP-αβ')],
  ['lrp-z-plus', named('attribution', 'LRP-z+')],
  ['lrp-flat', named('attribution', 'LRP-flat')],
  ['lrp-w-squared', named('attribution', 'LRP-w²')],
  ['lrp-z-box', named('attribution', 'LRP-z-box')],
  ['epsilon-plus', named('attribution', 'LRP epsilon-plus')],
  ['epsilon-plus-flat', named('attribution', 'LRP epsilon-plus-flat')],
  ['epsilon-gamma', named('attribution', 'LRP epsilon-gamma')],
  ['epsilon-gamma-box', named('attribution', 'LRP epsilon-gamma-box')],
  ['epsilon-alpha2-beta1', named('attribution', 'LRP epsilon-α2β1')],
  ['epsilon-alpha2-beta1-flat', named('attribution', 'LRP epsilon-α2β1-flat')],
  ['deep-taylor', named('attribution', 'Deep Taylor')],
  ['pattern-attribution', named('attribution', 'PatternAttribution')],
]);

/** The readable name of a method; the id itself where it is not one of PatternLens. */
export const methodName = (id: string): string => METHOD_NAMES.get(id)?.name ?? id;

/** The group of a method; undefined where it is not one of PatternLens. */
export const methodGroup = (id: string): MethodGroup | undefined => METHOD_NAMES.get(id)?.group;

/** The groups in the order of a figure. */
export const METHOD_GROUPS: readonly {
  readonly id: MethodGroup;
  readonly name: string;
}[] = [
  { id: 'function', name: 'Function' },
  { id: 'signal', name: 'Signal' },
  { id: 'attribution', name: 'Attribution' },
];
