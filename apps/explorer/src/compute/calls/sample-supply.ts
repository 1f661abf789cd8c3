import type { SampleSource, Tensor, TensorRecord } from '@patternlens/core';
import { generateBatch } from '@patternlens/data';
import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';
import type { Supplied } from './supplied.js';

/** Samples that a worker computes with. */
export interface SamplesAsked {
  /** Generated samples are made in the worker; others are asked of the page, block by block. */
  readonly generated?: { readonly seed: number; readonly first: number } | undefined;
  readonly count: number;
  /** Of samples that the page reads: where they start among those of the page; 0 unless given. */
  readonly from?: number | undefined;
}

/** What the worker asks of the page while a call runs. */
export interface Wanted {
  readonly wanted: { readonly token: number; readonly first: number; readonly count: number };
}

let lastToken = 0;

/** Samples as the core reads them. */
export function samplesFrom(
  session: Session,
  { generated, count, from = 0 }: SamplesAsked,
  { progress }: Pick<CallContext, 'progress'>,
): SampleSource {
  if (generated) {
    const { seed, first: start } = generated;
    const read = (first: number, many: number): Promise<Tensor> =>
      Promise.resolve(generateBatch(start + first, many, { seed }).input);
    return { count, read };
  }
  return {
    count,
    read: (first, many) =>
      new Promise<TensorRecord>((settle, fail) => {
        const token = ++lastToken;
        session.wanted.set(token, ({ inputs, reason }) => {
          if (inputs) settle(inputs);
          else fail(new Error(reason ?? 'The page could not read the samples.'));
        });
        progress({ wanted: { token, first: from + first, count: many } } satisfies Wanted);
      }),
  };
}

/** Hands over samples that a call waits for. */
export function supplySamples(session: Session, supplied: Supplied): Promise<void> {
  const settle = session.wanted.get(supplied.token);
  session.wanted.delete(supplied.token);
  settle?.(supplied);
  return Promise.resolve();
}
