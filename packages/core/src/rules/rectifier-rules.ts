import { isSaturation } from '../layers/is-saturation.js';
import type { Layer } from '../layers/layer.js';
import type { Rule } from './rule.js';

function refuseClipAbove(layer: Layer): string | undefined {
  if (layer.kind !== 'activation' || layer.attributes.function !== 'clip') return undefined;
  return layer.attributes.low === 0 || isSaturation(layer)
    ? undefined
    : `it clips at ${layer.attributes.low}: the method is defined for rectifiers, which clip at 0`;
}

/** DeConvNet (Zeiler and Fergus 2014): `max(r, 0)`, whatever the forward pass was. */
export const deconvnetRectifier: Rule = {
  name: 'deconvnet-rectifier',
  refuses: refuseClipAbove,
  backward: ({ ops, layer }, r) => [isSaturation(layer) ? r : ops.positivePart(r)],
};

/** Guided BackProp (Springenberg et al. 2015): `max(r, 0)` where the rectifier was open. */
export const guidedRectifier: Rule = {
  name: 'guided-rectifier',
  refuses: refuseClipAbove,
  backward: ({ ops, layer, gradient }, r) =>
    gradient(isSaturation(layer) ? r : ops.positivePart(r)),
};

/** The slope of a smooth monotone activation, said to be approximate: patterns assume piecewise linear neurons. */
export const approximateSlope: Rule = {
  name: 'approximate-slope',
  note: () =>
    'approximate: patterns are multiplied by the derivative of an activation that is not piecewise linear',
  backward: ({ gradient }, r) => gradient(r),
};

const noteSecant = (): string =>
  'approximate: what comes back is multiplied by f(x)/x of an activation that is not piecewise linear';

/** `r f(x) / x`, 0 where x is exactly 0: the share of its input that an activation passes, in the place of a rectifier's 0 or 1. */
export const secantRule: Rule = {
  name: 'secant',
  note: noteSecant,
  backward: ({ ops, inputs: [x], output }, r) => [ops.mul(r, ops.safeDiv(output, x!))],
};

/** Guided BackProp at such an activation: `max(r, 0) f(x) / x`. */
export const guidedSecant: Rule = {
  name: 'guided-secant',
  note: noteSecant,
  backward: ({ ops, inputs: [x], output }, r) => [
    ops.mul(ops.positivePart(r), ops.safeDiv(output, x!)),
  ],
};

/** DeConvNet at such an activation: `max(r, 0)`, as at a rectifier. */
export const deconvnetSelfGated: Rule = {
  name: 'deconvnet-self-gated',
  note: () => 'approximate: an activation that is no rectifier is taken for one',
  backward: ({ ops }, r) => [ops.positivePart(r)],
};
