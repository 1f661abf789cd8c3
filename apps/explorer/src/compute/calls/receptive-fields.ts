import type { NeuronTarget } from '@patternlens/core';
import type { Range } from '@patternlens/core/neurons';
import { modelOf, type Session } from '../session.js';

/** What a neuron of a layer depends on: ranges of each input's axes without the batch, by input name.
 * @throws PatternLensError where the network has no such neuron. */
export async function receptiveFields(
  session: Session,
  neuron: NeuronTarget,
): Promise<Readonly<Record<string, readonly Range[]>>> {
  const { network } = modelOf(session);
  const { receptiveField } = await import('@patternlens/core/neurons');
  return Object.fromEntries(receptiveField(network, neuron));
}
