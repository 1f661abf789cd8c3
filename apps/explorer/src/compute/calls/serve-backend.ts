import type { Executable } from '@patternlens/core/backend';
import { sentFailure } from '../call-failure.js';
import type { RemoteReply, RemoteRequest } from '../remote-messages.js';
import { backendOf, type Session } from '../session.js';
import { watched } from '../watched.js';

export interface ServeAsked {
  /** Names it, to be ended. */
  readonly key: string;
  readonly port: MessagePort;
}

interface Served {
  readonly port: MessagePort;
  readonly programs: Map<number, Executable>;
}

const servedBy = new WeakMap<Session, Map<string, Served>>();

async function answer(
  session: Session,
  { programs }: Served,
  request: RemoteRequest,
): Promise<unknown> {
  if ('compile' in request) {
    const { compile: program, id } = request;
    backendOf(session);
    programs.set(
      id,
      await session.checking!.compile({
        ...program,
        toString: () => 'a program of another worker',
      }),
    );
    return id;
  }
  if ('run' in request) return programs.get(request.run)!.run(request.inputs);
  await programs.get(request.free)?.dispose();
  programs.delete(request.free);
  return undefined;
}

/** Lets another worker run programs on this one's backend, through a port, until that is ended. Its runs count for no explanation. */
export function serveBackend(session: Session, { key, port }: ServeAsked): Promise<void> {
  const served: Served = { port, programs: new Map() };
  const all = servedBy.get(session) ?? new Map<string, Served>();
  servedBy.set(session, all.set(key, served));
  const reply = (message: RemoteReply): void => {
    port.postMessage(message);
  };
  port.onmessage = ({ data }: MessageEvent<RemoteRequest>) => {
    watched(session, () => answer(session, served, data)).then(
      (value) => {
        reply({ id: data.id, value });
      },
      (thrown: unknown) => {
        reply({ id: data.id, failure: sentFailure(thrown) });
      },
    );
  };
  return Promise.resolve();
}

/** Ends what a key names, and frees the programs that are left. */
export async function endServing(session: Session, key: string): Promise<void> {
  const served = servedBy.get(session)?.get(key);
  servedBy.get(session)?.delete(key);
  if (!served) return;
  served.port.close();
  for (const program of served.programs.values()) await program.dispose();
}
