/** Why relevance that enters a layer does not leave it. */
export type LossReason =
  | 'bias'
  | 'epsilon'
  | 'zero denominator'
  | 'dead neurons'
  | 'padding'
  | 'gated off'
  | 'copies'
  | 'constant'
  | 'other';

/** What each reason means, for the notes of the table. */
export const LOSS_REASONS: Readonly<Record<LossReason, string>> = {
  bias: 'absorbed by the bias',
  epsilon: "absorbed by the stabiliser in the rule's denominator",
  'zero denominator': 'a quotient with denominator 0, which gives 0',
  'dead neurons': "neurons without a pattern, or whose pattern has not w'a = 1",
  padding: 'went to the padding',
  'gated off': 'a rectifier that was closed (or any activation whose slope is not 1)',
  copies: 'an addition passes a copy to every summand: a gain',
  constant: 'kept by a constant that is added',
  other: 'no reason is known for this rule on this layer',
};

/** Loss of each sample by reason. */
export type Losses = Partial<Record<LossReason, Float64Array>>;
