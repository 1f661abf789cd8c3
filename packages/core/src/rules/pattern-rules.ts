import { isLinear, type Layer, type LinearLayer } from '../layers/layer.js';
import type { EstimatorId } from '../patterns/estimators/estimator.js';
import type { Value } from '../program/program-builder.js';
import { mapTensor, zipTensors } from '../tensor/broadcast.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Rule, RuleScope } from './rule.js';
import type { Signal } from './signal.js';
import { magnitudeThroughWeights } from './magnitude-through-weights.js';

export interface PatternRuleOptions {
  readonly estimator: EstimatorId;
  /** Take the negative regime's direction where `y + b <= 0`; default: the positive one everywhere. */
  readonly regimes: 'positive' | 'both';
}

/** The direction of a layer that is not fitted: one weight a channel, so `w'a = 1` means `1/w` (0 where w is 0). */
const inverse = (weights: Tensor): Tensor =>
  mapTensor(weights, (weight) => (weight === 0 ? 0 : 1 / weight));

function directions(
  scope: RuleScope,
  layer: LinearLayer,
  estimator: EstimatorId,
  regime: 'positive' | 'negative',
): Tensor {
  return layer.kind === 'scale'
    ? inverse(layer.parameters['weights']!.tensor)
    : scope.pattern(estimator, regime);
}

/** The transpose with other weights, which are scaled by a power of two so that what passes keeps its size. */
function scaledTranspose(
  scope: RuleScope,
  layer: LinearLayer,
  r: Value,
  weights: Tensor,
  exponent: number,
): Value {
  const scaled = exponent === 0 ? weights : mapTensor(weights, (value) => value * 2 ** -exponent);
  return scope.linear!.transpose(r, scope.ops.constant(scaled));
}

type Weigh = (layer: LinearLayer, direction: Tensor) => Tensor;

function backward(
  scope: RuleScope,
  r: Value,
  { estimator, regimes }: PatternRuleOptions,
  weigh: Weigh,
): Signal {
  const layer = scope.layer as LinearLayer;
  const positive = weigh(layer, directions(scope, layer, estimator, 'positive'));
  const { expectedMagnitude, exponent } = magnitudeThroughWeights(
    layer,
    positive,
    scope.expectedMagnitude,
  );
  if (regimes === 'positive' || layer.kind === 'scale') {
    return {
      value: scaledTranspose(scope, layer, r, positive, exponent),
      exponent,
      expectedMagnitude,
    };
  }
  const { ops, output } = scope;
  const open = ops.isPositive(output);
  const closed = ops.sub(ops.scalar(1), open);
  const negative = weigh(layer, directions(scope, layer, estimator, 'negative'));
  const above = scaledTranspose(scope, layer, ops.mul(r, open), positive, exponent);
  const below = scaledTranspose(scope, layer, ops.mul(r, closed), negative, exponent);
  return { value: ops.add(above, below), exponent, expectedMagnitude };
}

const forLinear = (layer: Layer): string | undefined =>
  isLinear(layer) ? undefined : 'the rule is for linear layers';

/** PatternNet: `transpose(r, a)` (Kindermans et al. 2017, section 3.3). */
export function patternNetRule(options: PatternRuleOptions): Rule {
  return {
    name: 'pattern-net',
    refuses: (layer) =>
      options.estimator === 'identity'
        ? 'the estimator "identity" takes the whole input for the signal: there is no direction to project back with'
        : forLinear(layer),
    backward: (scope, r) => [backward(scope, r, options, (_layer, direction) => direction)],
  };
}

const weighed: Weigh = (layer, direction) =>
  zipTensors(layer.parameters['weights']!.tensor, direction, (w, a) => w * a);

/** PatternAttribution: `transpose(r, w * a)`; with the identity estimator `x w r / (w'x)`. */
export function patternAttributionRule(options: PatternRuleOptions): Rule {
  return {
    name: 'pattern-attribution',
    refuses: forLinear,
    backward: (scope, r) => {
      if (options.estimator !== 'identity') return [backward(scope, r, options, weighed)];
      const { ops, inputs, linear } = scope;
      const share = ops.safeDiv(r, linear!.forward(inputs[0]!, linear!.weights));
      return [ops.mul(inputs[0]!, linear!.transpose(share, linear!.weights))];
    },
  };
}
