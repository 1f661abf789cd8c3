import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { CallFailure } from '../call-failure.js';

/** A file that was packed. */
export interface UnpackedFile {
  readonly path: string;
  readonly content: Blob;
}

/** What a packed file may become at most. */
export interface UnpackLimits {
  /** Bytes of all files together. */
  readonly bytes: number;
  readonly files: number;
}

const UNPACK_LIMITS: UnpackLimits = { bytes: 2 * 1024 ** 3, files: 20_000 };

/** Compressed bytes that are taken at once: they become at most a thousand times as many. */
const PIECE = 2 ** 14;

/** Bytes in memory before they are handed to the browser, which keeps large blobs on the disk. */
const HELD = 2 ** 24;

const refused = (sentence: string): CallFailure =>
  new CallFailure({ code: 'invalid-file', sentence, subject: {} });

const inBytes = (bytes: number): string =>
  bytes >= 1024 ** 3 ? `${bytes / 1024 ** 3} GB` : `${bytes} bytes`;

const tooLarge = (name: string, { bytes }: UnpackLimits): CallFailure =>
  refused(
    `${name} unpacks to more than ${inBytes(bytes)}, which is the limit. Unpack it first, and drop the files that are needed.`,
  );

/** Collects pieces as a blob. */
function gathering(): { readonly add: (piece: Uint8Array) => void; readonly done: () => Blob } {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  const blobs: Blob[] = [];
  const flush = (): void => {
    blobs.push(new Blob(pieces));
    pieces = [];
    held = 0;
  };
  return {
    add: (piece) => {
      pieces.push(piece.slice());
      held += piece.length;
      if (held > HELD) flush();
    },
    done: () => {
      flush();
      return new Blob(blobs);
    },
  };
}

/** What archives hold that nobody put there. */
const isJunk = (path: string): boolean =>
  path.endsWith('/') || /(^|\/)(__MACOSX\/|\.|Thumbs\.db$)/.test(path);

async function eachPiece(
  content: Blob,
  take: (piece: Uint8Array, last: boolean) => void,
): Promise<void> {
  for (let at = 0; at < content.size; at += PIECE) {
    const piece = new Uint8Array(await content.slice(at, at + PIECE).arrayBuffer());
    take(piece, at + PIECE >= content.size);
  }
}

/** Unpacks a zip file piece by piece, and stops as soon as it has grown, or says that it will grow, beyond the limit.
 * @throws CallFailure naming the file and the limit, or what is wrong with it. */
export async function unzip(
  name: string,
  content: Blob,
  limits: UnpackLimits = UNPACK_LIMITS,
): Promise<UnpackedFile[]> {
  const files: UnpackedFile[] = [];
  let announced = 0;
  let grown = 0;
  let failure: unknown;
  let open = 0;
  const take = (file: UnzipFile): void => {
    if (isJunk(file.name)) return;
    announced += file.originalSize ?? 0;
    if (announced > limits.bytes) throw tooLarge(name, limits);
    if (++open > limits.files)
      throw refused(`${name} holds more than ${limits.files} files. Unpack it, and drop a folder.`);
    const gathered = gathering();
    file.ondata = (error, piece, final) => {
      if (error) failure ??= error;
      if (failure !== undefined) return;
      grown += piece.length;
      if (grown > limits.bytes) throw tooLarge(name, limits);
      gathered.add(piece);
      if (final) files.push({ path: file.name, content: gathered.done() });
    };
    file.start();
  };
  const archive = new Unzip(take);
  archive.register(UnzipInflate);
  try {
    await eachPiece(content, (piece, last) => {
      archive.push(piece, last);
      if (failure !== undefined) throw failure as Error;
    });
  } catch (cause) {
    if (cause instanceof CallFailure) throw cause;
    throw damaged(name);
  }
  if (files.length < open) throw damaged(name);
  return files;
}

const damaged = (name: string): CallFailure =>
  refused(
    `${name} can't be unpacked: it is damaged, cut off or locked. Unpack it, and drop the files.`,
  );

/** Unpacks a gzip file.
 * @throws CallFailure naming the file and the limit, or what is wrong with it. */
export async function gunzipFile(
  name: string,
  content: Blob,
  limits: UnpackLimits = UNPACK_LIMITS,
): Promise<Blob> {
  const reader = content.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const gathered = gathering();
  let grown = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw damaged(name);
    });
    if (done) return gathered.done();
    grown += value.length;
    if (grown > limits.bytes) {
      await reader.cancel();
      throw tooLarge(name, limits);
    }
    gathered.add(value);
  }
}
