import type { MeasuredDegradation } from '../compute/calls/measure-messages.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { decimals } from './decimals.js';

/** What the numbers of a degradation say: which method's curve falls fastest, and which are no better than chance. */
export function degradationSentences(
  {
    methods,
    random,
    againstRandom,
    pairs,
  }: Pick<MeasuredDegradation, 'methods' | 'random' | 'againstRandom' | 'pairs'>,
  nameOf: (text: string) => string,
): string[] {
  const sorted = [...methods].sort(([, a], [, b]) => b.aopc.mean! - a.aopc.mean!);
  const [best] = sorted;
  if (!best) return [];
  const isBetter = (text: string): boolean => (againstRandom.get(text)?.low ?? 0) > 0;
  const isWorse = (text: string): boolean => (againstRandom.get(text)?.high ?? 0) < 0;
  const unsure = sorted
    .map(([text]) => text)
    .filter((text) => !isBetter(text) && !isWorse(text))
    .map(nameOf);
  const [text, { aopc }] = best;
  const likeBest = pairs
    .filter(({ first, second }) => first === text || second === text)
    .filter(({ difference: { low, high } }) => (low ?? 0) <= 0 && (high ?? 0) >= 0)
    .map(({ first, second }) => nameOf(first === text ? second : first));
  return [
    isBetter(text)
      ? MEASURE_WORDS.best(nameOf(text), decimals(aopc.mean, 3), decimals(random.aopc.mean, 3))
      : MEASURE_WORDS.notBest,
    ...(isBetter(text) && likeBest.length > 0 ? [MEASURE_WORDS.likeBest(likeBest)] : []),
    ...(isBetter(text) && unsure.length > 0 ? [MEASURE_WORDS.likeRandom(unsure)] : []),
  ];
}
