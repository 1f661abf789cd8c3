import type { MethodResult } from '../state/method-result.js';

type Known = Required<Pick<MethodResult, 'explanation' | 'ms'>>;

/** What an explanation was made for. */
interface KeptFor {
  /** Everything that it depends on but the method. */
  readonly context: string;
  readonly method: string;
  /** The model, its patterns and the backend. */
  readonly model: string;
  readonly sample: string;
}

/** Explanations that were made before, for going back without a run. */
export interface Kept {
  readonly get: (context: string, method: string) => Known | undefined;
  readonly keep: (made: KeptFor, known: Known) => void;
  /** The newest of each sample. */
  readonly ofSamples: (
    model: string,
    method: string,
  ) => readonly NonNullable<Known['explanation']>[];
}

/** Numbers that are kept at most, over all explanations: 64 MB. And so many explanations. */
const MOST = 2 ** 24;
const MOST_EXPLANATIONS = 48;

const sizeOf = ({ explanation }: Known): number =>
  Object.values(explanation?.relevanceByInput ?? {}).reduce(
    (sum, { data }) => sum + data.length,
    0,
  );

export function explainedBefore(): Kept {
  const all = new Map<string, { readonly made: KeptFor; readonly known: Known }>();
  let held = 0;
  const keyOf = (context: string, method: string): string => `${method} ${context}`;
  return {
    get: (context, method) => all.get(keyOf(context, method))?.known,
    keep: (made, known) => {
      const key = keyOf(made.context, made.method);
      const before = all.get(key);
      held += sizeOf(known) - (before ? sizeOf(before.known) : 0);
      all.delete(key);
      all.set(key, { made, known });
      for (const [oldest, old] of all) {
        if ((held <= MOST && all.size <= MOST_EXPLANATIONS) || oldest === key) break;
        all.delete(oldest);
        held -= sizeOf(old.known);
      }
    },
    ofSamples: (model, method) => {
      const found = new Map<string, NonNullable<Known['explanation']>>();
      for (const { made, known } of all.values())
        if (made.model === model && made.method === method && known.explanation)
          found.set(made.sample, known.explanation);
      return [...found.values()];
    },
  };
}
