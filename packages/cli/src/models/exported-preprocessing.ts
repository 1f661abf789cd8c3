import { PatternLensError, type NetworkInput } from '@patternlens/core';
import { inputLayout } from '@patternlens/data';
import { hasNone, type JoinedInputs, usedPreprocessing } from '@patternlens/explain/node';
import type { OpenedModel } from './open-model.js';

/** How images have to become a network's inputs, for whoever runs its explainer: of every input that takes images.
 * @throws PatternLensError where the preprocessing was asked for and no input takes images. */
export function exportedPreprocessing(
  { network, preprocessing }: OpenedModel,
  { wasAsked }: { readonly wasAsked: boolean },
): Pick<JoinedInputs, 'preprocessing'> {
  // What was not said is not known of images that are still to come.
  if (hasNone(preprocessing)) return { preprocessing: new Map() };
  const failures: PatternLensError[] = [];
  const used = ({ name, shape }: NetworkInput) => {
    try {
      const { height, width } = inputLayout(name, shape, { axes: network.axes.get(name) });
      return usedPreprocessing(preprocessing, () => [height, width]);
    } catch (cause) {
      if (!(cause instanceof PatternLensError)) throw cause;
      failures.push(cause);
      return undefined;
    }
  };
  const all = network.inputs.map((input) => [input.name, used(input)] as const);
  if (wasAsked && failures.length === all.length) throw failures[0]!;
  return { preprocessing: new Map(all) };
}
