import type { MethodResult } from '../state/method-result.js';

type Known = Required<Pick<MethodResult, 'explanation' | 'ms'>>;

/** Explanations that were made before, for going back without a run. */
export interface Kept {
  readonly get: (context: string, method: string) => Known | undefined;
  readonly keep: (context: string, method: string, known: Known) => void;
}

/** Numbers that are kept at most, over all explanations: 64 MB. */
const MOST = 2 ** 24;

const sizeOf = ({ explanation }: Known): number =>
  Object.values(explanation?.relevanceByInput ?? {}).reduce(
    (sum, { data }) => sum + data.length,
    0,
  );

export function explainedBefore(): Kept {
  const all = new Map<string, Known>();
  let held = 0;
  const keyOf = (context: string, method: string): string => `${method} ${context}`;
  return {
    get: (context, method) => all.get(keyOf(context, method)),
    keep: (context, method, known) => {
      const key = keyOf(context, method);
      const before = all.get(key);
      held += sizeOf(known) - (before ? sizeOf(before) : 0);
      all.delete(key);
      all.set(key, known);
      for (const [oldest, old] of all) {
        if (held <= MOST || oldest === key) break;
        all.delete(oldest);
        held -= sizeOf(old);
      }
    },
  };
}
