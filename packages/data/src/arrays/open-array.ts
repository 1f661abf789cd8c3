import type { ByteSource } from '@patternlens/core';
import { plainBytes, readHead } from '../bytes/plain-bytes.js';
import { openCifar } from '../cifar/open-cifar.js';
import { fileError } from '../errors/data-error.js';
import { isIdx, isWholeIdx } from '../idx/idx-header.js';
import { openIdx } from '../idx/open-idx.js';
import { isNpy } from '../npy/npy-header.js';
import { openNpy } from '../npy/open-npy.js';
import { foreignFormat } from './foreign-format.js';
import type { OpenedArray } from './opened-array.js';

export interface OpenArrayOptions {
  /** The most bytes that a gzip file may grow to in memory; 2 GB where not given. */
  readonly limit?: number;
}

/** Opens a file of samples: `.npy`, IDX, CIFAR binary, each also compressed by gzip. The content decides, and the name
 * only where the format has no signature (CIFAR: `.bin`). A file that is not compressed is never read whole into memory.
 * @throws PatternLensError `invalid-file` saying what was expected, what was found, and what to do. */
export async function openArray(
  name: string,
  bytes: ByteSource,
  { limit }: OpenArrayOptions = {},
): Promise<OpenedArray> {
  const plain = await plainBytes(name, bytes, limit);
  const head = await readHead(name, plain);
  if (isNpy(head)) return openNpy(name, plain);
  if (isWholeIdx(head, plain.size)) return openIdx(name, plain);
  const foreign = foreignFormat(head);
  if (foreign)
    throw fileError(name, 'an array (.npy, IDX or CIFAR binary)', foreign.what, foreign.remedy);
  if (/\.bin(\.gz)?$/i.test(name)) return openCifar(name, plain);
  if (isIdx(head)) return openIdx(name, plain);
  throw fileError(
    name,
    'an array (.npy, IDX or CIFAR binary)',
    `bytes that begin ${hex(head.subarray(0, 8))}`,
    'Save it with numpy.save; CIFAR binary files end in .bin.',
  );
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
