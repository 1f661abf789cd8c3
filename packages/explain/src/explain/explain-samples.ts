import {
  createExplainer,
  type CancelSignal,
  type Backend,
  type Explanation,
  type ExplainProgress,
  type MethodChoice,
  type PatternSet,
  type Start,
  type Target,
  type TensorRecord,
  throwIfCancelled,
} from '@patternlens/core';
import { type Range, receptiveField } from '@patternlens/core/neurons';
import type { ReadyModel } from '../models/open-model.js';
import type { JoinedInputs, JoinedSample } from '../sources/joined-inputs.js';

/** What a neuron depends on, by input. */
export type Fields = ReadonlyMap<string, readonly Range[]>;

/** One sample of a batch that was explained. */
export interface ExplainedSample {
  readonly explanation: Explanation;
  readonly values: TensorRecord;
  /** Its place in the batch. */
  readonly at: number;
  /** Its place among all samples. */
  readonly number: number;
  readonly sample: JoinedSample;
  /** Where a neuron of a layer was explained, what it depends on. */
  readonly fields: Fields | undefined;
}

/** What is explained with one method. */
export interface SamplesToExplain {
  readonly model: Pick<ReadyModel, 'network'>;
  readonly inputs: JoinedInputs;
  readonly method: MethodChoice;
  readonly backend: Backend;
  readonly patterns?: PatternSet | undefined;
  readonly target: Target;
  readonly start?: Start | undefined;
  /** Samples computed at once, and inputs that a driver runs at once. */
  readonly batch: number;
  readonly signal?: CancelSignal | undefined;
  /** Called with the samples that are done, parts of one where a driver is under way. */
  readonly onProgress?: ((done: number, runs: ExplainProgress) => void) | undefined;
}

/** The target of some of the samples: of a list, their part. */
const targetFrom = (target: Target, from: number, count: number): Target =>
  typeof target === 'object' && !('channel' in target) ? target.slice(from, from + count) : target;

/** Explains all samples with one method, batch by batch; no more than one batch is held.
 * @throws PatternLensError as `createExplainer` and `explain` do; `cancelled` between batches too. */
export async function* explainSamples(run: SamplesToExplain): AsyncGenerator<ExplainedSample> {
  const { model, inputs, method, backend, patterns, target, start, batch, signal } = run;
  const { network } = model;
  await using explainer = await createExplainer(network, {
    backend,
    method,
    patterns,
    start,
    internalBatch: batch,
  });
  for (let from = 0; from < inputs.count; from += batch) {
    throwIfCancelled(signal, 'explain', () => 'explaining was cancelled.');
    const count = Math.min(batch, inputs.count - from);
    const values = await inputs.read(from, count);
    const explanation = await explainer.explain(values, {
      samplesFirst: true,
      target: targetFrom(target, from, count),
      signal,
      onProgress: (runs) => run.onProgress?.(from + (count * runs.done) / runs.total, runs),
    });
    for (const [at, explained] of explanation.targets.entries())
      yield {
        explanation,
        values,
        at,
        number: from + at,
        sample: inputs.samples[from + at]!,
        fields:
          typeof explained === 'object' && 'layer' in explained
            ? receptiveField(network, explained)
            : undefined,
      };
  }
}
