import type { Layer } from '../layers/layer.js';
import type { Rule } from './rule.js';

/** Where a quantised network's numbers end on both sides of 0: no rectifier, and no part of the float network. */
const isSaturation = (layer: Layer): boolean =>
  layer.kind === 'activation' &&
  layer.attributes.function === 'clip' &&
  layer.attributes.saturates === true;

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
