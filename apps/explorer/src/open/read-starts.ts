import { CallFailure } from '../compute/call-failure.js';
import type { App } from '../state/app.js';
import type { KnownFile } from './basket.js';
import { fileName, type GivenFile } from './given-file.js';
import { tellFile } from './tell-files-apart.js';

/** Bytes that tell most files. */
const HEAD = 512;

/** JSON and text are read whole up to this size. */
const TEXT = 64 * 1024 ** 2;

async function known({ path, content }: GivenFile): Promise<KnownFile> {
  const isText = /\.(json|txt|names|labels)$/i.test(path) && content.size <= TEXT;
  const head = await content
    .slice(0, isText ? content.size : HEAD)
    .arrayBuffer()
    .catch((): never => {
      throw new CallFailure({
        code: 'invalid-file',
        sentence: `${fileName(path)} can't be read: it was moved, changed or removed. Drop it again.`,
        subject: { file: path },
      });
    });
  return { path, content, ...tellFile({ path, head: new Uint8Array(head), size: content.size }) };
}

/** Files whose beginnings are read at once. */
const AT_ONCE = 100;

async function startsOf(files: readonly GivenFile[]): Promise<readonly KnownFile[]> {
  const all: KnownFile[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE)
    all.push(...(await Promise.all(files.slice(at, at + AT_ONCE).map(known))));
  return all;
}

/** Tells files apart, and unpacks those that are packed; what an archive holds packed stays so, but for gzip. */
export async function knownFiles(
  app: App,
  files: readonly GivenFile[],
  depth = 0,
): Promise<readonly KnownFile[]> {
  const all: KnownFile[] = [];
  for (const told of await startsOf(files)) {
    const packed = told.kind === 'zip' || told.kind === 'gzip' ? told.kind : undefined;
    if (!packed) {
      all.push(told);
      continue;
    }
    if (depth > 1 || (packed === 'zip' && depth > 0)) {
      all.push({ ...told, kind: 'other', reason: nested(told.path) });
      continue;
    }
    const name = fileName(told.path);
    const unpacked = await app.engine
      .files()
      .call('unpack', { name, content: told.content, kind: packed });
    all.push(...(await knownFiles(app, unpacked, depth + 1)));
  }
  return all;
}

const nested = (path: string): string =>
  `${fileName(path)} is packed within a packed file. Unpack it, and drop what it holds.`;
