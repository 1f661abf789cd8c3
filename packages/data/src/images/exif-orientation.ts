/** How an image has to be turned and mirrored to stand upright, as EXIF counts: 1 not at all, 2 mirrored from side to side, 3
 * by half a turn, 4 mirrored from top to bottom, 6 and 8 by a quarter to the right and left, 5 and 7 so and mirrored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What a file says of its orientation, and where. */
export interface StoredOrientation {
  readonly value: Orientation;
  /** Where its two bytes stand in the file. */
  readonly at: number;
  readonly littleEndian: boolean;
}

const TAG = 0x0112;
const SHORT = 3;

/** Finds the orientation in EXIF data, which lie from `start` to `end` of a file and may begin with their name. */
export function exifOrientation(
  bytes: Uint8Array,
  start: number,
  end: number,
): StoredOrientation | undefined {
  const named = String.fromCharCode(...bytes.subarray(start, start + 4)) === 'Exif';
  const from = named ? start + 6 : start;
  const last = Math.min(end, bytes.length);
  if (from + 8 > last) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, last - from);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const littleEndian = order === 0x4949;
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > view.byteLength) return undefined;
  const count = view.getUint16(directory, littleEndian);
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > view.byteLength) return undefined;
    if (view.getUint16(at, littleEndian) !== TAG) continue;
    const value = view.getUint16(at + 8, littleEndian);
    const known = view.getUint16(at + 2, littleEndian) === SHORT && value >= 1 && value <= 8;
    return known ? { value: value as Orientation, at: from + at + 8, littleEndian } : undefined;
  }
  return undefined;
}
