import {
  createExplainer,
  type Explainer,
  type Explanation,
  type MethodChoice,
  type Network,
  type PatternSet,
  type Tensor,
} from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';
import { batches, readInput } from './samples.js';

/** An explainer as the context asks for it, of its network and patterns unless others are given. */
export function explainerFor(
  { backend, network, patterns }: MetricContext,
  method: MethodChoice,
  of: { readonly network: Network; readonly patterns?: PatternSet | undefined } = {
    network,
    patterns,
  },
): Promise<Explainer> {
  return createExplainer(of.network, {
    backend,
    method,
    patterns: of.patterns,
  });
}

/** Samples of one batch, and what was explained of them. */
export interface ExplainedBatch {
  readonly first: number;
  readonly size: number;
  readonly inputs: Tensor;
  readonly relevance: Tensor;
  readonly explanation: Explanation;
}

/** Explains all samples batch by batch, each for its target, or its strongest class. */
export async function explainAll(
  context: MetricContext,
  explainer: Explainer,
  input: string,
  targets: readonly number[] | 'top',
  visit: (batch: ExplainedBatch) => void | Promise<void>,
): Promise<void> {
  for (const { first, size } of batches(context.data.count, context.batch)) {
    const inputs = await readInput(context, input, first, size);
    const explanation = await explainer.explain(
      { [input]: inputs },
      {
        target: targets === 'top' ? targets : targets.slice(first, first + size),
        signal: context.signal,
        samplesFirst: true,
      },
    );
    await visit({
      first,
      size,
      inputs,
      relevance: explanation.relevanceByInput[input]!,
      explanation,
    });
  }
}
