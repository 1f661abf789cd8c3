import { fitChannels, channelsOf, scaleMagnitude } from '../layers/expected-magnitude.js';
import type { Layer } from '../layers/layer.js';
import type { Value } from '../program/program-builder.js';
import { gradientRule } from './gradient.js';
import type { Rule, RuleScope } from './rule.js';
import type { Signal } from './signal.js';

/** What methods of patterns send back through an addition: to every summand a copy with its sign, or each summand's part in proportion to its value. */
export const PATTERN_ADDITIONS = ['copy', 'share'] as const;
export type PatternAddition = (typeof PATTERN_ADDITIONS)[number];

const isSubtracted = (layer: Layer, index: number): boolean =>
  layer.kind === 'add' && layer.attributes.signs[index] === -1;

/** `part_i = x_i r / y`, `s_i` times that where the layer's signs count; 0 where y is exactly 0. */
function shares(scope: RuleScope, r: Value, signed: boolean): Signal[] {
  const { ops, inputs, output, layer, gradient, expectedMagnitude } = scope;
  return gradient(ops.safeDiv(r, output)).map((share, index) => {
    const input = inputs[index]!;
    const part = ops.mul(input, !signed && isSubtracted(layer, index) ? ops.neg(share) : share);
    const passed = fitChannels(expectedMagnitude, channelsOf(input.shape).channels);
    return {
      value: part,
      exponent: 0,
      expectedMagnitude: scaleMagnitude(passed, 1 / inputs.length),
    };
  });
}

/** An addition is a neuron with the weights `s_i` of 1 and -1. Sharing takes `a_i = x_i / y` for its direction, so that `w'a = 1` as in every other neuron:
 * PatternNet sends `a_i r`, and the layer adds the signals of the summands up to r. Copies are `s_i r`. */
export const patternNetAddition = (add: PatternAddition): Rule =>
  add === 'copy'
    ? gradientRule
    : {
        name: 'pattern-net-share',
        backward: (scope, r) => shares(scope, r, false),
      };

/** PatternAttribution sends `s_i a_i r`, which together is r: what LRP sends. Copies are `s_i r`. */
export const patternAttributionAddition = (add: PatternAddition): Rule =>
  add === 'copy'
    ? gradientRule
    : { name: 'proportional', backward: (scope, r) => shares(scope, r, true) };
