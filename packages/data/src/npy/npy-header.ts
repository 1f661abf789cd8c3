import type { ByteSource } from '@patternlens/core';
import { product } from '@patternlens/core/tensor';
import { readBytes, viewOf } from '../bytes/read-bytes.js';
import { fileError } from '../errors/data-error.js';
import { type NpyType, parseNpyType } from './npy-type.js';

/** What stands at the head of an `.npy` file, checked against the file's real length. */
export interface NpyHeader {
  readonly type: NpyType;
  /** The first axis runs fastest. */
  readonly fortran: boolean;
  /** All axes, the batch too. */
  readonly shape: readonly number[];
  /** Where the elements start, in bytes. */
  readonly offset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const LONGEST_HEADER = 2 ** 20;
const ANATOMY = "{'descr': ..., 'fortran_order': ..., 'shape': ...}";

/** Whether a file that starts with these bytes is NumPy's. */
export function isNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, at) => head[at] === byte);
}

/** Reads and checks the header of an `.npy` file of version 1, 2 or 3.
 * @throws PatternLensError `invalid-file`. */
export async function readNpyHeader(file: string, source: ByteSource): Promise<NpyHeader> {
  const start = await readBytes(file, source, 0, Math.min(12, source.size));
  if (!isNpy(start)) {
    throw fileError(file, 'a NumPy array', 'another kind of file', 'Save it with numpy.save.');
  }
  const version = start[6];
  if (version !== 1 && version !== 2 && version !== 3) {
    throw fileError(
      file,
      'a NumPy file of version 1, 2 or 3',
      version === undefined ? 'one that ends after its signature' : `version ${version}`,
      'Save it with numpy.save.',
    );
  }
  const textAt = version === 1 ? 10 : 12;
  const lengthBytes = viewOf(await readBytes(file, source, 8, textAt - 8));
  const length = version === 1 ? lengthBytes.getUint16(0, true) : lengthBytes.getUint32(0, true);
  if (length > LONGEST_HEADER) {
    throw fileError(
      file,
      `a header of at most ${LONGEST_HEADER} bytes`,
      `${length}`,
      'The file is damaged: save it again with numpy.save.',
    );
  }
  // A header is about a hundred bytes and padding; a longer one describes records, which its start already tells.
  const text = (await readBytes(file, source, textAt, length)).subarray(0, 4096);
  const header = {
    ...parseDictionary(file, String.fromCharCode(...text)),
    offset: textAt + length,
  };
  checkLength(file, header, source.size);
  return header;
}

function parseDictionary(file: string, text: string): Omit<NpyHeader, 'offset'> {
  const fail = (): never => {
    const shown = JSON.stringify(text.trim().slice(0, 80));
    throw fileError(
      file,
      `a NumPy header ${ANATOMY}`,
      shown,
      'The file is damaged: save it again with numpy.save.',
    );
  };
  if (!text.startsWith('{')) fail();
  const record = /['"]descr['"]\s*:\s*[[(]/.test(text);
  const type = record ? 'V' : /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)\b/.exec(text)?.[1];
  const sizes = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (type === undefined || (!record && (order === undefined || sizes === undefined)))
    return fail();
  // The type first: that the array holds records or objects is the sentence that helps.
  const parsed = parseNpyType(file, type);
  const shape = (sizes ?? '')
    .split(',')
    .map((size) => size.trim().replace(/L$/, ''))
    .filter((size, at, all) => size !== '' || at < all.length - 1)
    .map((size) => (/^\d{1,15}$/.test(size) ? Number(size) : fail()));
  return { type: parsed, fortran: order === 'True', shape };
}

/** Before anything is believed: the elements that the shape claims must be there, to the byte. */
function checkLength(file: string, header: NpyHeader, size: number): void {
  const claimed = header.type.bytes * product(header.shape);
  const got = size - header.offset;
  if (claimed === got) return;
  throw fileError(
    file,
    `${claimed} bytes of elements for shape [${header.shape.join(', ')}] of ${header.type.name}`,
    `${got}`,
    claimed > got
      ? 'The file is cut off: copy or download it again.'
      : 'Something follows the array: save each array in a file of its own.',
  );
}
