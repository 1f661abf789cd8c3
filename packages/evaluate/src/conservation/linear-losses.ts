import {
  isLinear,
  toNeuronMajor,
  weightsLayout,
  type LinearLayer,
  type PatternKind,
  type Tensor,
} from '@patternlens/core';
import { neuronOf, perSample, spreadOver, type LayerView } from './layer-view.js';
import type { Losses } from './loss-reasons.js';

/** Rules that divide positive and negative contributions apart. */
export interface AlphaBeta {
  readonly alpha: number;
  readonly beta: number;
  readonly bias: boolean;
}

/** Alpha and beta of a rule by its name; undefined for other rules. */
export function alphaBetaOf(rule: string): AlphaBeta | undefined {
  if (rule === 'lrp-z-plus') return { alpha: 1, beta: 0, bias: false };
  const found = /^lrp-alpha([\d.]+)-beta([\d.]+)$/.exec(rule);
  return found ? { alpha: Number(found[1]), beta: Number(found[2]), bias: true } : undefined;
}

/** LRP-0 and LRP-epsilon: z = sum of contributions + bias, stabilised by epsilon with the sign of z. */
function epsilonLosses({ layer, arrived, output }: LayerView, epsilon: number): Losses {
  const bias = spreadOver(layer.parameters['bias']?.tensor, output).data;
  const signed = (at: number): number => (output.data[at]! >= 0 ? epsilon : -epsilon);
  const share = (part: number, value: number, at: number): number => {
    const denominator = output.data[at]! + signed(at);
    return denominator === 0 ? 0 : (value * part) / denominator;
  };
  return {
    bias: perSample(arrived, (value, at) => share(bias[at]!, value, at)),
    ...(epsilon > 0
      ? { epsilon: perSample(arrived, (value, at) => share(signed(at), value, at)) }
      : {
          'zero denominator': perSample(arrived, (value, at) =>
            output.data[at] === 0 ? value : 0,
          ),
        }),
  };
}

/** Alpha-beta rules: positive contributions with the positive bias over their sum, times alpha, less the negative ones, times beta. */
function alphaBetaLosses(
  { layer, arrived, output, positive, negative }: LayerView,
  { alpha, beta, bias: withBias }: AlphaBeta,
): Losses {
  const own = spreadOver(layer.parameters['bias']?.tensor, output).data;
  const parts = [
    { factor: alpha, sum: positive, biasAt: (at: number) => Math.max(own[at]!, 0) },
    { factor: -beta, sum: negative, biasAt: (at: number) => Math.min(own[at]!, 0) },
  ];
  const over = (of: (biasAt: number, sum: number) => number): Float64Array =>
    perSample(arrived, (value, at) =>
      parts.reduce((total, { factor, sum, biasAt }) => {
        const bias = withBias ? biasAt(at) : 0;
        return factor === 0 ? total : total + factor * value * of(bias, sum!.data[at]! + bias);
      }, 0),
    );
  return {
    bias: over((bias, sum) => (sum === 0 ? 0 : bias / sum)),
    'zero denominator': over((_, sum) => (sum === 0 ? 1 : 0)),
  };
}

/** w'a of every neuron for one kind of direction: 1 where the neuron lives. */
function keptShares(
  layer: LinearLayer,
  weights: Tensor,
  direction: Tensor | undefined,
): Float64Array {
  const layout = weightsLayout(layer);
  const own = toNeuronMajor(layout, weights);
  const [neurons, inputs] = own.shape as [number, number];
  const rows = direction && toNeuronMajor(layout, direction).data;
  return Float64Array.from({ length: neurons }, (_, neuron) => {
    let sum = 0,
      live = false;
    for (let at = neuron * inputs; at < (neuron + 1) * inputs; at++) {
      if (rows) sum += own.data[at]! * rows[at]!;
      else live ||= own.data[at] !== 0;
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
  const shares = (kind: PatternKind): Float64Array =>
    keptShares(layer, weights, fitted ? pattern?.directions[kind] : undefined);
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

/** Losses of a linear layer that are known in closed form, by the name of its rule; what they leave is `rest`. */
export function linearLosses(
  view: LayerView,
  epsilonOf: number,
): { readonly losses: Losses; readonly rest: 'padding' | 'zero denominator' | 'other' } {
  const { rule, method } = view;
  if (rule === 'lrp-0') return { losses: epsilonLosses(view, 0), rest: 'other' };
  if (rule === 'lrp-epsilon') return { losses: epsilonLosses(view, epsilonOf), rest: 'other' };
  const known = alphaBetaOf(rule);
  if (known && view.positive) return { losses: alphaBetaLosses(view, known), rest: 'other' };
  if (rule !== 'pattern-attribution') return { losses: {}, rest: 'other' };
  // With the identity the rule divides by w'x, and what is divided by 0 is the only loss.
  if (method.parameters['estimator'] === 'identity')
    return { losses: {}, rest: 'zero denominator' };
  return { losses: patternLosses(view), rest: 'padding' };
}
