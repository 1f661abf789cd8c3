import type { Range } from '../../layers/reach/box.js';

/** Where a window of a size stands along an axis: at 0, stride, 2 stride ... up to the first that reaches the end, cut there. */
export function occlusionWindows(length: number, size: number, stride: number): Range[] {
  const windows: Range[] = [];
  for (let from = 0; ; from += stride) {
    windows.push({ from, to: Math.min(from + size, length) });
    if (from + size >= length || from + stride >= length) return windows;
  }
}
