import { createExplainer, PatternLensError, type Tensor } from '@patternlens/core';
import { keepPatterns, randomiseLayers } from '@patternlens/evaluate';
import type {
  CascadeAnswer,
  CascadeAsked,
  CascadeMaps,
} from '../compute/calls/measure-messages.js';
import type { Measuring } from './metric-context.js';

/** The networks of a cascade: as it is, then with one layer more drawn anew, from the top; and the patterns of the trained one for each. They are those that the metric measures. */
function* stagesOf({ network, patterns, seed }: Measuring['context'], layers: readonly string[]) {
  yield { network, patterns };
  for (const at of layers.keys()) {
    const randomised = randomiseLayers(network, new Set(layers.slice(0, at + 1)), seed);
    yield {
      network: randomised,
      patterns: patterns && keepPatterns(patterns, network, randomised),
    };
  }
}

/** Maps of one sample for the class that the trained network predicts, stage by stage, its patterns kept.
 * @throws PatternLensError `cancelled`. */
export async function cascadeMaps(
  { context }: Measuring,
  layers: readonly string[],
  { inputs, methods, shown }: CascadeAsked,
): Promise<Pick<CascadeAnswer, 'shown' | 'target'>> {
  const { backend, signal } = context;
  const input = context.network.inputs[0]!.name;
  const maps = new Map<string, (Tensor | undefined)[]>(shown.map((text) => [text, []]));
  let target: number | undefined;
  for (const { network, patterns } of stagesOf(context, layers)) {
    for (const [text, made] of maps) {
      const method = context.methods[methods.findIndex((each) => each.text === text)]!;
      try {
        await using explainer = await createExplainer(network, { backend, method, patterns });
        const explanation = await explainer.explain(inputs, {
          target: target ?? 'top',
          signal,
          samplesFirst: true,
        });
        const [explained] = explanation.targets;
        if (typeof explained === 'number') target ??= explained;
        made.push(explanation.relevanceByInput[input]);
      } catch (cause) {
        if (!(cause instanceof PatternLensError) || cause.code === 'cancelled') throw cause;
        // The measurement names the method and the reason; the strip leaves its place empty.
        made.push(undefined);
      }
    }
  }
  return {
    target,
    shown: [...maps].map(([method, each]): CascadeMaps => ({ method, maps: each })),
  };
}
