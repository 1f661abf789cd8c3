import { PatternLensError } from '../errors/patternlens-error.js';
import { firstNotFinite } from '../tensor/check-finite.js';
import type { Network } from './network.js';

const checked = new WeakSet<Network>();

/** Runtimes swallow NaN, so weights are looked at before anything runs. What a mask puts in is left alone: minus infinity is usual there.
 * @throws PatternLensError `not-finite` naming the first layer. */
export function checkWeights(network: Network): void {
  if (checked.has(network)) return;
  for (const layer of network.layers) {
    if (layer.kind === 'mask-constant') continue;
    for (const [name, { tensor }] of Object.entries(layer.parameters)) {
      const place = firstNotFinite(tensor);
      if (place < 0) continue;
      throw new PatternLensError(
        'core',
        'not-finite',
        `layer "${layer.name}" (${layer.kind}): value ${place} of its ${name} is ${tensor.data[place]!}. Look at how the model was trained or saved.`,
        { layer: layer.name },
      );
    }
  }
  checked.add(network);
}
