import { PatternLensError } from '../errors/patternlens-error.js';
import { definitionOf } from '../layers/definition-of.js';
import { firstNotFinite } from '../tensor/check-finite.js';
import type { Network } from './network.js';

const checked = new WeakSet<Network>();

/** Runtimes may hide NaN, so weights are checked before anything runs. Kinds that take infinities are left alone: what a mask puts in is often
 * minus infinity.
 * @throws PatternLensError `not-finite` naming the first layer. */
export function checkWeights(network: Network): void {
  if (checked.has(network)) return;
  for (const layer of network.layers) {
    if (definitionOf(layer).takesInfinity === true) continue;
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
