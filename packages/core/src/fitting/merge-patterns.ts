import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkOptions } from '../arguments/check-options.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { ofLayer } from '../network/concerning.js';
import { estimatePattern } from '../patterns/estimate-pattern.js';
import { firstDifference } from '../patterns/fingerprint.js';
import { joinNeurons } from '../patterns/fitting/moments-store.js';
import type { LayerMoments } from '../patterns/moments/layer-moments.js';
import { mergeMoments } from '../patterns/moments/merge-moments.js';
import type { Pattern, PatternSet } from '../patterns/pattern-set.js';
import { PATTERNS } from '../patterns/patterns-kind.js';
import { pluginEstimators } from '../plugins/extensions.js';
import type { Plugin } from '../plugins/plugin.js';

function refuse(message: string): never {
  throw new PatternLensError('core', 'pattern-mismatch', `merge: ${message}`);
}

async function allMoments(layer: string, { source }: Pattern): Promise<LayerMoments> {
  if (!source)
    return refuse(
      `the patterns of layer "${layer}" were kept without their moments, which is what is merged. Fit again without --no-moments.`,
    );
  return joinNeurons(await Promise.all(source.parts.map((part) => part())));
}

/** The pattern of a layer by its place in the network, not by its name: files of one network may name their layers in other words. */
function patternAt({ fingerprint, layers }: PatternSet, place: number, called: string): Pattern {
  const { layer } = fingerprint[place]!;
  return layers.get(layer) ?? refuse(`${called} have none of layer "${layer}".`);
}

export interface MergeOptions {
  /** Plug-ins whose estimators the patterns were fitted by. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** What error messages call the sets, in their order, such as the names of their files. Default: their places. */
  readonly names?: readonly string[] | undefined;
}

/** Patterns of several fits of one network, as one fit of all their samples would give them: moments are added in float64 and directions are estimated from the
 * sums. Layers go by their order in the network; the result has the names of the first set.
 * @param sets Pattern sets with their moments, at least one.
 * @throws PatternLensError `pattern-mismatch` where they are of other networks, other preprocessing, or without moments;
 * `invalid-argument` where an estimator is a plug-in's, and the plug-in is not handed over. */
export async function mergePatterns(
  sets: readonly PatternSet[],
  options: MergeOptions = {},
): Promise<PatternSet> {
  checkArgument('core', 'mergePatterns: sets', sets, expects.required(expects.list));
  for (const [at, set] of sets.entries())
    checkArgument('core', `mergePatterns: set ${at + 1}`, set, { ...PATTERNS, required: true });
  checkOptions('core', 'mergePatterns', options, { plugins: expects.list, names: expects.list });
  const { plugins, names } = options;
  const [first, ...others] = sets;
  const called = (at: number): string =>
    names?.[at] === undefined ? `the patterns at place ${at + 1}` : `the patterns of ${names[at]}`;
  if (!first) return refuse('there is nothing to merge.');
  for (const [at, other] of others.entries()) {
    const difference = firstDifference(other.fingerprint, first.fingerprint);
    if (difference !== undefined)
      refuse(
        `${called(at + 1)} are of another network than the first: ${difference}. Merge fits of one network.`,
      );
    if (other.preprocessing !== first.preprocessing)
      refuse(
        `${called(at + 1)} were fitted on inputs with another preprocessing than the first. Merge fits of the same inputs.`,
      );
  }
  const further = pluginEstimators(plugins);
  const estimators = [...new Set(sets.flatMap((set) => set.estimators))];
  const layers = new Map<string, Pattern>();
  for (const [place, { layer }] of first.fingerprint.entries()) {
    const pattern = first.layers.get(layer);
    if (!pattern) continue;
    let moments = await allMoments(layer, pattern);
    for (const [at, other] of others.entries())
      moments = mergeMoments(
        moments,
        await allMoments(layer, patternAt(other, place, called(at + 1))),
      );
    const merged = moments;
    layers.set(
      layer,
      await ofLayer(layer, () =>
        estimatePattern(
          pattern.layout,
          { weights: pattern.source!.weights, parts: [() => Promise.resolve(merged)] },
          further,
          { estimators },
        ),
      ),
    );
  }
  return { ...first, layers, estimators, samples: sets.reduce((sum, set) => sum + set.samples, 0) };
}
