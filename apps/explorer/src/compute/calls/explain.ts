import {
  chooseMethod,
  createExplainer,
  type Explainer,
  type Explanation,
  type Target,
  type TensorRecord,
} from '@patternlens/core';
import type { CallContext } from '../call-context.js';
import { backendOf, modelOf, type Session } from '../session.js';

export interface ExplainAsked {
  readonly method: string;
  /** As they are written on the command line. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** One sample, with a batch of 1 at axis 0. */
  readonly inputs: TensorRecord;
  readonly target: Target;
  /** Inputs that a driver runs at once. */
  readonly internalBatch?: number | undefined;
}

export interface ExplainAnswer {
  readonly explanation: Explanation;
  /** Milliseconds of the explanation, without tracing and compiling. */
  readonly ms: number;
  /** Milliseconds of tracing and compiling; 0 where that was done before. */
  readonly compiled: number;
  /** Programs that were run for it. */
  readonly runs: number;
}

/** Explainers that are kept; the one that was not used for longest goes first. */
const KEPT = 16;

async function explainerFor(session: Session, asked: ExplainAsked): Promise<Explainer> {
  const { explainers, patterns } = session;
  const { network } = modelOf(session);
  const { method, parameters, internalBatch } = asked;
  const key = JSON.stringify([method, parameters, internalBatch]);
  const before = explainers.get(key);
  explainers.delete(key);
  const made =
    before ??
    createExplainer(network, {
      backend: backendOf(session),
      method: chooseMethod(method, parameters),
      patterns,
      internalBatch,
    });
  explainers.set(key, made);
  if (explainers.size > KEPT) {
    const [oldest, old] = explainers.entries().next().value!;
    explainers.delete(oldest);
    await (await old).dispose();
  }
  try {
    return await made;
  } catch (cause) {
    explainers.delete(key);
    throw cause;
  }
}

/** Explains one sample with one method.
 * @throws PatternLensError as `createExplainer` and `explain` do. */
export async function explain(
  session: Session,
  asked: ExplainAsked,
  { signal, progress, handOver }: CallContext,
): Promise<ExplainAnswer> {
  const runs = session.runs;
  const begin = performance.now();
  const explainer = await explainerFor(session, asked);
  const made = performance.now();
  const explanation = await explainer.explain(asked.inputs, {
    target: asked.target,
    signal,
    samplesFirst: true,
    onProgress: progress,
  });
  for (const { data } of [...Object.values(explanation.relevanceByInput), explanation.output])
    handOver(data.buffer);
  return {
    explanation,
    ms: performance.now() - made,
    compiled: made - begin,
    runs: session.runs - runs,
  };
}
