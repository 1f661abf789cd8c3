import { PatternLensError, type Tensor } from '@patternlens/core';
import { type InputAxes } from '@patternlens/core/network';
import { sampleLayout } from '../maps/sample-layout.js';
import { fillPatch, type Fill } from './fill-patch.js';
import { patchGrid } from './patch-grid.js';

/** How far a sample is degraded, and how. */
export interface DegradedTo {
  /** Numbers of its patches in the order in which they are replaced: one of `Degradation.orders`. */
  readonly order: ArrayLike<number>;
  /** Patches that are replaced: 0 leaves the sample as it is. */
  readonly step: number;
  /** Side of a patch. */
  readonly patch: number;
  /** What a patch is replaced by; default its own mean in each channel. */
  readonly fill?: Fill | undefined;
}

/** One sample after the first patches of an order are replaced: what `measureDegradation` scores at that step.
 * @param input One sample with its batch of 1 at axis 0, `[1, C, H, W]` say; it is not changed.
 * @param axes Which of its axes are which.
 * @throws PatternLensError `invalid-argument` for a step beyond the order, and a patch that does not fit. */
export function degradedInput(
  input: Tensor,
  axes: InputAxes,
  { order, step, patch, fill = 'mean' }: DegradedTo,
): Tensor {
  const layout = sampleLayout('input', input.shape, axes);
  const { places } = patchGrid('degradedInput', layout.spatial, patch);
  const values = input.data.slice();
  for (let at = 0; at < step; at++) {
    const replaced = places[order[at] ?? -1];
    if (!replaced)
      throw new PatternLensError(
        'evaluate',
        'invalid-argument',
        `degradedInput: there is no patch number ${String(order[at])} for step ${at + 1}. Give an order of ${places.length} patches, and a step of at most its length.`,
      );
    fillPatch(values, replaced, layout, fill);
  }
  return { data: values, shape: input.shape };
}
