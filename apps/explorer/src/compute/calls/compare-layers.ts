import {
  compareLayers as compare,
  describeNetwork,
  type AgreementResult,
} from '@patternlens/benchmark';
import type { CallContext } from '../call-context.js';
import { comparing } from '../comparing.js';
import { remoteBackend } from '../remote-backend.js';
import { modelOf, type Session } from '../session.js';
import type { CompareAsked } from './compare.js';

export interface CompareLayersAsked extends Omit<CompareAsked, 'method' | 'parameters'> {
  /** What the network is called. */
  readonly name: string;
}

export interface ComparedLayers extends Pick<AgreementResult, 'errorByLayer' | 'errorGrowsAt'> {
  readonly network: ReturnType<typeof describeNetwork>;
}

/** Compares the forward pass of another worker's backend with this worker's reference, layer by layer.
 * @throws CallFailure what either of them says. */
export async function compareLayers(
  session: Session,
  asked: CompareLayersAsked,
  { signal }: CallContext,
): Promise<ComparedLayers> {
  const { job, runs } = await comparing(session, asked, signal);
  const backend = remoteBackend(asked.backend, asked.port, signal);
  return {
    ...(await compare(job, backend, runs)),
    network: describeNetwork(asked.name, modelOf(session).network),
  };
}
