import type { ByteSource } from '@patternlens/core';
import { product } from '@patternlens/core/tensor';
import { readBytes, viewOf } from '../bytes/read-bytes.js';
import { fileError } from '../errors/data-error.js';

/** What stands at the head of an IDX file, as MNIST is stored in. */
export interface IdxHeader {
  readonly shape: readonly number[];
  /** Where the elements start, in bytes. */
  readonly offset: number;
}

const TYPES: Readonly<Record<number, readonly [name: string, bytes: number]>> = {
  0x08: ['unsigned bytes', 1],
  0x09: ['signed bytes', 1],
  0x0b: ['16-bit integers', 2],
  0x0c: ['32-bit integers', 4],
  0x0d: ['32-bit floats', 4],
  0x0e: ['64-bit floats', 8],
};

function axesOf(head: Uint8Array): { readonly shape: number[]; readonly offset: number } {
  const axes = head[3] ?? 0;
  const view = viewOf(head);
  const there = Math.min(axes, Math.floor((head.length - 4) / 4));
  const shape = Array.from({ length: there }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { shape, offset: 4 + 4 * axes };
}

/** Whether a file that starts with these bytes has an IDX signature. */
export function isIdx(head: Uint8Array): boolean {
  const [zero, alsoZero, type = 0, axes = 0] = head;
  return zero === 0 && alsoZero === 0 && Object.hasOwn(TYPES, type) && axes >= 1 && axes <= 8;
}

/** Whether an IDX signature is borne out by the file's length: four bytes of pixels can look like one by chance. */
export function isWholeIdx(head: Uint8Array, size: number): boolean {
  if (!isIdx(head)) return false;
  const { shape, offset } = axesOf(head);
  return offset + product(shape) * TYPES[head[2]!]![1] === size;
}

/** Reads and checks the header of an IDX file of unsigned bytes.
 * @throws PatternLensError `invalid-file`. */
export async function readIdxHeader(file: string, source: ByteSource): Promise<IdxHeader> {
  const head = await readBytes(file, source, 0, Math.min(36, source.size));
  if (!isIdx(head)) {
    throw fileError(
      file,
      'an IDX file (00 00 08 ...)',
      'another kind of file',
      'MNIST and its relatives are stored so.',
    );
  }
  const [type] = TYPES[head[2]!]!;
  if (head[2] !== 0x08)
    throw fileError(
      file,
      'unsigned bytes (type 0x08)',
      `${type} (type 0x0${head[2]!.toString(16)})`,
      'Save other numbers as .npy.',
    );
  const { shape, offset } = axesOf(head);
  const claimed = product(shape);
  const got = source.size - offset;
  if (shape.length === head[3] && claimed === got) return { shape, offset };
  throw fileError(
    file,
    got < 0 ? `${offset} bytes or more` : `${claimed} bytes of elements for [${shape.join(', ')}]`,
    got < 0 ? `${source.size}` : `${got}`,
    'The file is cut off or damaged: copy or download it again.',
  );
}
