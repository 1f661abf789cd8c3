import { type Tensor } from '@patternlens/core';
import {
  isLinear,
  toNeuronMajor,
  weightsLayout,
  type LinearLayer,
} from '@patternlens/core/network';
import { type PatternKind, withLinearFallback } from '@patternlens/core/patterns';
import { neuronOf, perSample, spreadOver, type LayerView } from './layer-view.js';
import type { Losses } from './loss-reasons.js';

/** w'a of every neuron for one kind of direction: 1 where the neuron lives. */
function keptShares(
  layer: LinearLayer,
  weights: Tensor,
  direction: Tensor | undefined,
): Float64Array {
  const layout = weightsLayout(layer);
  const matrix = toNeuronMajor(layout, weights);
  const [neurons, inputs] = matrix.shape as [number, number];
  const rows = direction && toNeuronMajor(layout, direction).data;
  return Float64Array.from({ length: neurons }, (_, neuron) => {
    let sum = 0,
      live = false;
    for (let at = neuron * inputs; at < (neuron + 1) * inputs; at++) {
      if (rows) sum += matrix.data[at]! * rows[at]!;
      else live ||= matrix.data[at] !== 0;
    }
    return rows ? sum : live ? 1 : 0;
  });
}

/** PatternAttribution: neuron j keeps w'a of what arrives, of which taps over the padding lose theirs. */
function patternLosses({ layer, arrived, output, method, pattern }: LayerView): Losses {
  if (!isLinear(layer)) return {};
  const weights = layer.parameters['weights']!.tensor;
  if (layer.kind === 'scale') {
    const { data } = spreadOver(weights, output);
    return { 'dead neurons': perSample(arrived, (value, at) => (data[at] === 0 ? value : 0)) };
  }
  const { estimator, regimes } = method.parameters;
  const fitted = estimator === 'linear' || estimator === 'two-component';
  const direction = (kind: PatternKind): Tensor | undefined => {
    const found = pattern?.directions[kind];
    return pattern && found && kind === 'positive' ? withLinearFallback(pattern, found) : found;
  };
  const shares = (kind: PatternKind): Float64Array =>
    keptShares(layer, weights, fitted ? direction(kind) : undefined);
  const above = shares(estimator === 'linear' ? 'linear' : 'positive');
  const below = regimes === 'both' && estimator === 'two-component' ? shares('negative') : above;
  const neuron = neuronOf(layer, output);
  return {
    'dead neurons': perSample(
      arrived,
      (value, at) => value * (1 - (output.data[at]! > 0 ? above : below)[neuron(at)]!),
    ),
  };
}

/** Losses of a linear layer by reason, and the reason of what they leave: rules say themselves what they keep back, that of patterns follows
 * from the patterns. */
export function linearLosses(view: LayerView): {
  readonly losses: Losses;
  readonly rest: 'padding' | 'zero denominator' | 'other';
} {
  const { rule, method, said } = view;
  if (rule !== 'pattern-attribution') return { losses: said, rest: 'other' };
  // With the identity the rule divides by w'x, and what is divided by 0 is the only loss.
  if (method.parameters['estimator'] === 'identity')
    return { losses: {}, rest: 'zero denominator' };
  return { losses: patternLosses(view), rest: 'padding' };
}
