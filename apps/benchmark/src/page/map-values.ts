import { PatternLensError } from '@patternlens/core';
import type { HeatMap, Picture } from '../report/benchmark-report.js';

/** The bytes of base64 text.
 * @throws PatternLensError `invalid-file` where it is none. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw new PatternLensError(
      'benchmark',
      'invalid-file',
      'report: expected base64 text, got something else. Write the report anew.',
    );
  }
}

/** A heat map's values, row by row.
 * @throws PatternLensError `invalid-file` where they do not fill its height and width. */
export function valuesOf({ height, width, values }: HeatMap): Float32Array {
  const bytes = filled(bytesOf(values), height, width, 4, 'heat map');
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: height * width }, (_, at) => view.getFloat32(at * 4, true));
}

/** A picture's bytes, red, green and blue.
 * @throws PatternLensError `invalid-file` where they do not fill its height and width. */
export const pixelsOf = ({ height, width, pixels }: Picture): Uint8Array =>
  filled(bytesOf(pixels), height, width, 3, 'picture');

function filled(
  bytes: Uint8Array<ArrayBuffer>,
  height: number,
  width: number,
  each: number,
  what: string,
): Uint8Array<ArrayBuffer> {
  if (bytes.length === height * width * each) return bytes;
  throw new PatternLensError(
    'benchmark',
    'invalid-file',
    `report: expected a ${what} of ${height}x${width} to have ${height * width * each} bytes, got ${bytes.length}. Write the report anew.`,
  );
}

/** What two maps differ by, and what brings the largest difference to 1. */
export interface Difference {
  /** Second minus first. */
  readonly values: Float64Array;
  readonly largest: number;
  /** `1 / largest`; undefined where nothing differs, or something is not finite. */
  readonly factor: number | undefined;
}

/** The second map minus the first. Both have the same number of values. */
export function differenceOf(first: Float32Array, second: Float32Array): Difference {
  const values = Float64Array.from(first, (value, at) => second[at]! - value);
  let largest = 0;
  for (const value of values) {
    if (Math.abs(value) > largest || Number.isNaN(value)) largest = Math.abs(value);
    if (Number.isNaN(largest)) break;
  }
  const factor = 1 / largest;
  return { values, largest, factor: Number.isFinite(factor) && factor > 0 ? factor : undefined };
}
