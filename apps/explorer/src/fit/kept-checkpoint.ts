import { bytesSource, type CanonicalNetwork } from '@patternlens/core';
import {
  fingerprintOf,
  readCheckpoint,
  writeCheckpoint,
  type FitCheckpoint,
  type FitIdentity,
} from '@patternlens/core/patterns';
import { modelOf, type Session } from '../compute/session.js';
import { joined } from './pattern-bytes.js';

/** What a fit that goes on must be the same in. */
export interface FitOf {
  readonly source: string;
  readonly total: number;
  readonly preprocessing: string | undefined;
}

/** Beside the checkpoint: what it is of. */
interface Note extends FitOf {
  readonly samples: number;
}

const identityOf = ({ source, total, preprocessing }: FitOf): FitIdentity => ({
  data: source,
  preprocessing: preprocessing ?? 'none',
  limit: String(total),
  shard: 'none',
  memory: 'default',
});

/** A file name of its own for every network. */
function nameOf(network: CanonicalNetwork): string {
  const text = fingerprintOf(network)
    .map(({ hash }) => hash)
    .join(' ');
  let sum = 0;
  for (const character of text) sum = (Math.imul(sum, 31) + character.codePointAt(0)!) | 0;
  return `fit-${(sum >>> 0).toString(16)}-${text.length}`;
}

const folder = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory();

async function write(name: string, content: Uint8Array<ArrayBuffer> | string): Promise<void> {
  const file = await (await folder()).getFileHandle(name, { create: true });
  const stream = await file.createWritable();
  await stream.write(content);
  await stream.close();
}

async function read(name: string): Promise<File | undefined> {
  try {
    return await (await (await folder()).getFileHandle(name)).getFile();
  } catch {
    // There is none, or this browser keeps none: both mean that nothing was kept.
    return undefined;
  }
}

/** Keeps a checkpoint in this browser, in place of the one before.
 * @throws where the browser keeps nothing, or has no room. */
export async function keepCheckpoint(
  network: CanonicalNetwork,
  of: FitOf,
  checkpoint: FitCheckpoint,
): Promise<void> {
  const name = nameOf(network);
  const bytes = await joined(writeCheckpoint(network, identityOf(of), checkpoint));
  const note: Note = { ...of, samples: checkpoint.samples };
  await write(`${name}.partial`, bytes as Uint8Array<ArrayBuffer>);
  await write(`${name}.json`, JSON.stringify(note));
}

/** The checkpoint that was kept for a fit of the same; undefined where there is none. */
export async function checkpointOf(
  network: CanonicalNetwork,
  of: FitOf,
): Promise<FitCheckpoint | undefined> {
  const file = await read(`${nameOf(network)}.partial`);
  if (!file) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return readCheckpoint(bytesSource(bytes), network, identityOf(of), 'the interrupted fit');
}

/** Removes what was kept for a network. */
export async function dropCheckpoint(network: CanonicalNetwork): Promise<void> {
  const name = nameOf(network);
  for (const ending of ['partial', 'json'])
    try {
      await (await folder()).removeEntry(`${name}.${ending}`);
    } catch {
      // It was not kept.
    }
}

/** What was kept for the worker's model. */
export async function keptFit(session: Session, discard: boolean): Promise<Note | undefined> {
  const { network } = modelOf(session);
  if (discard) {
    await dropCheckpoint(network);
    return undefined;
  }
  const file = await read(`${nameOf(network)}.json`);
  if (!file) return undefined;
  try {
    return JSON.parse(await file.text()) as Note;
  } catch {
    await dropCheckpoint(network);
    return undefined;
  }
}
