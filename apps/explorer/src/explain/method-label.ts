import { methodName } from '@patternlens/heatmap';
import type { ChosenMethod } from '../state/chosen-method.js';

/** What a ticked method is called: with its parameters where it is there more than once. */
export function methodLabel(
  { id, text, parameters }: ChosenMethod,
  all: readonly ChosenMethod[],
): string {
  const others = all.filter((other) => other.id === id);
  if (others.length < 2) return methodName(id);
  const settings = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  const isPlain = settings.length === 0 || text === id;
  return isPlain ? methodName(id) : `${methodName(id)} (${settings.join(', ')})`;
}
