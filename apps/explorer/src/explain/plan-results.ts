import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { MethodResult } from '../state/method-result.js';
import type { Context } from './context.js';
import type { Kept } from './kept-explanations.js';
import { fitEstimate } from './fit-estimate.js';
import { refusalOf } from './refusal.js';

/** Marks what is to come, and keeps what was there: the map before stays until the new one is there. Whether anything is to be run. */
export function planResults(
  { state }: Pick<App, 'state'>,
  context: Context,
  methods: readonly ChosenMethod[],
  kept: Kept,
): boolean {
  const before = state.results.peek();
  const next = new Map<string, MethodResult>();
  let isMissing = false;
  const known = context.model.facts.methods;
  const howToFit = context.patterns ? undefined : fitEstimate(state);
  for (const method of methods) {
    const { text } = method;
    const old = before.get(text);
    const base = { context: context.key, backend: context.backend };
    const made = kept.get(context.key, text);
    const reason = refusalOf(method, known, context.patterns !== undefined, howToFit);
    if (reason !== undefined) next.set(text, { ...base, status: 'refused', reason });
    else if (old?.context === context.key && old.status !== 'pending') next.set(text, old);
    else if (made) next.set(text, { ...base, status: 'done', of: context.key, ...made });
    else {
      const shown = { explanation: old?.explanation, of: old?.of };
      next.set(text, { ...base, status: 'pending', ...shown });
      isMissing = true;
    }
  }
  state.results.value = next;
  return isMissing;
}
