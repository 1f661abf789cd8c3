import type { TensorData } from '@patternlens/core';
import type { Scorer } from '../context/scorer.js';

/** Collects changed inputs until a batch is full, and scores them then. */
export interface StateScorer {
  /** Scores a copy of the values, later; `take` gets the score. */
  readonly add: (
    values: TensorData,
    target: number,
    take: (score: number) => void,
  ) => Promise<void>;
  /** Scores what is left. */
  readonly flush: () => Promise<void>;
}

/** Scores states of samples of this shape, without the batch axis, so many at once. */
export function stateScorer(
  scorer: Scorer,
  shape: readonly number[],
  batch: number,
  onScored: (count: number) => void = () => undefined,
): StateScorer {
  const each = shape.reduce((total, size) => total * size, 1);
  let buffer: TensorData | undefined;
  let waiting: { readonly target: number; readonly take: (score: number) => void }[] = [];
  const flush = async (): Promise<void> => {
    if (!buffer || waiting.length === 0) return;
    const states = waiting;
    waiting = [];
    const inputs = {
      data: buffer.subarray(0, states.length * each),
      shape: [states.length, ...shape],
    };
    const scores = await scorer.score(
      inputs,
      states.map(({ target }) => target),
    );
    states.forEach(({ take }, at) => {
      take(scores[at]!);
    });
    onScored(states.length);
  };
  return {
    flush,
    add: async (values, target, take) => {
      buffer ??=
        values instanceof Float64Array
          ? new Float64Array(batch * each)
          : new Float32Array(batch * each);
      buffer.set(values, waiting.length * each);
      waiting.push({ target, take });
      if (waiting.length === batch) await flush();
    },
  };
}
