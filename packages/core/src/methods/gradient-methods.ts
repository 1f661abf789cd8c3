import { anyLayer, kinds, type Composite } from '../composites/composite.js';
import {
  linearKinds,
  rectifiers,
  responseNormalisation,
  selfGated,
  structure,
} from '../composites/layer-groups.js';
import { gradientRule, passRule } from '../rules/gradient.js';
import { normalisesByNorm, normGradient, normRule, signalGate } from '../rules/held-rules.js';
import {
  deconvnetRectifier,
  deconvnetSelfGated,
  guidedRectifier,
  guidedSecant,
} from '../rules/rectifier-rules.js';
import { plainMethod } from './method-definition.js';

const gradientComposite: Composite = [[anyLayer, gradientRule]];

export const gradient = plainMethod('gradient', 'function', 'one', gradientComposite);

export const inputTimesGradient = {
  ...plainMethod('input-x-gradient', 'attribution', 'one', gradientComposite),
  timesInput: true,
} as const;

/** DeConvNet (Zeiler and Fergus 2014). */
export const deconvnet = plainMethod('deconvnet', 'signal', 'one', [
  [linearKinds, gradientRule],
  [rectifiers, deconvnetRectifier],
  [selfGated, deconvnetSelfGated],
  [responseNormalisation, passRule],
  ...structure,
  [normalisesByNorm, normRule],
  [kinds('quotient'), normRule],
  [kinds('product'), signalGate('hold')],
]);

/** Guided BackProp (Springenberg et al. 2015). */
export const guidedBackprop = plainMethod('guided-backprop', 'signal', 'one', [
  [linearKinds, gradientRule],
  [rectifiers, guidedRectifier],
  [selfGated, guidedSecant],
  [responseNormalisation, gradientRule],
  ...structure,
  [normalisesByNorm, normGradient],
  [kinds('quotient'), normGradient],
  [kinds('product'), signalGate('hold')],
]);
