import type { BackendFacts as Facts } from '@patternlens/page';
import type { BackendId } from '../backend-ids.js';
import { openBackend as open } from '../open-backend.js';
import { dropExplainers, type Session } from '../session.js';
import { takingTurns } from '../turn.js';

export interface BackendAsked {
  readonly id: BackendId;
  /** The folder of the runtimes' own files, an address that ends in a slash. */
  readonly runtimes: string;
}

/** What a backend says of itself. */
export interface BackendFacts extends Facts {
  readonly id: string;
  /** What really runs: version, mode, precision. */
  readonly note: string;
}

const noteOf = ({ runtime, mode, precision, threads }: Facts): string =>
  [
    runtime && `${runtime.name} ${runtime.version}`,
    mode,
    precision,
    threads === undefined ? '' : threads === 1 ? 'one thread' : `${threads} threads`,
  ]
    .filter(Boolean)
    .join(', ');

/** Opens the worker's backend.
 * @throws where it can't start; nothing else runs in its place. */
export async function openBackend(
  session: Session,
  { id, runtimes }: BackendAsked,
): Promise<BackendFacts> {
  await dropExplainers(session);
  await session.backend?.dispose();
  session.backend = undefined;
  session.backendId = id;
  const { backend, facts } = await open(id, runtimes);
  session.backend = takingTurns(backend, () => {
    session.runs++;
  });
  session.checking = takingTurns(backend, () => undefined);
  return { ...facts, id: backend.id, note: noteOf(facts) };
}
