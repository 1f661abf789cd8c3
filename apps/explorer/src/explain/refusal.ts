import { methodName } from '@patternlens/heatmap';
import type { MethodFacts } from '../compute/model-facts.js';
import type { ChosenMethod } from '../state/chosen-method.js';

/** Why a method can't explain the model, before it is tried; undefined where it can.
 * @param howToFit What a fit here would take, which the sentence names where it is known. */
export function refusalOf(
  { id, parameters }: ChosenMethod,
  methods: readonly MethodFacts[],
  hasPatterns: boolean,
  howToFit?: string,
): string | undefined {
  const facts = methods.find((method) => method.id === id);
  if (!facts) return `There is no method "${id}".`;
  const [problem] = facts.report.problems;
  if (problem) {
    const more = facts.report.problems.length - 1;
    const others =
      more === 0 ? '' : ` ${more} more ${more === 1 ? 'layer is' : 'layers are'} in the way.`;
    return `${problem.layer}: ${problem.reason}.${others}`;
  }
  const missing = Object.entries(facts.parameters).find(
    ([name, { required }]) => required === true && !(name in parameters),
  );
  if (missing) return `${methodName(id)} needs ${missing[0]}: give it under Parameters.`;
  if (facts.needsPatterns && !hasPatterns)
    return `${methodName(id)} needs patterns. Fit them here${howToFit === undefined ? '' : ` (${howToFit})`}, or drop a pattern file.`;
  return undefined;
}
