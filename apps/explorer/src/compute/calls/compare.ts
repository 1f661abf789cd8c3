import { compareMethod, type ComparedSample, type MethodAgreement } from '@patternlens/benchmark';
import type { InputAxes } from '@patternlens/core/network';
import type { Plane } from '@patternlens/heatmap';
import type { CallContext } from '../call-context.js';
import { comparing, type ComparedContext } from '../comparing.js';
import { planeOf } from '../plane-of.js';
import { remoteBackend } from '../remote-backend.js';
import { modelOf, type Session } from '../session.js';

export interface CompareAsked extends ComparedContext {
  /** Leads to the worker of the backend, which serves it. */
  readonly port: MessagePort;
  readonly backend: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface CompareAnswer {
  readonly agreement: MethodAgreement;
  /** The backend's relevance less the reference's under the same decisions, as a map of the first input. */
  readonly difference: Plane;
}

/** The difference of the first input's relevance as a map. */
function differenceOf(
  { own, underOwnGates }: ComparedSample,
  shape: readonly number[],
  axes: InputAxes,
): Plane {
  const [a, b] = [own[0]!, underOwnGates[0]!];
  return planeOf({ data: a.map((value, at) => value - b[at]!), shape }, axes);
}

/** Compares a method on another worker's backend with this worker's reference, by the engine of the benchmark.
 * @throws CallFailure what either of them says. */
export async function compare(
  session: Session,
  asked: CompareAsked,
  { signal }: CallContext,
): Promise<CompareAnswer> {
  const { job, runs, method } = await comparing(session, asked, signal);
  const backend = remoteBackend(asked.backend, asked.port, signal);
  const [input] = modelOf(session).network.inputs;
  let difference: Plane | undefined;
  const agreement = await compareMethod(
    job,
    method(asked.method, asked.parameters),
    backend,
    runs,
    (sample) => {
      difference = differenceOf(sample, asked.inputs[input!.name]!.shape, job.look.axes);
    },
  );
  return { agreement, difference: difference! };
}
