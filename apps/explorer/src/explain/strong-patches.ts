import type { Plane } from '@patternlens/heatmap';

/** A window of a map, and what lies in it. */
export interface Patch {
  /** Of its middle, counted from 1. */
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
  readonly sum: number;
}

/** Patches of an image are a sixteenth of its longer side wide, at least this many pixels. */
const LEAST = 3;

/** Sums of all that lies above and to the left. */
function integral({ values, width, height }: Plane): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
}

/** The strongest patches by the magnitude of their sum, none of which overlap; fewer where there is no room or nothing but zeros. */
export function strongPatches(plane: Plane, count: number): readonly Patch[] {
  const side = Math.max(LEAST, Math.round(Math.max(plane.width, plane.height) / 16));
  const width = Math.min(side, plane.width);
  const height = Math.min(side, plane.height);
  const across = plane.width - width + 1;
  const down = plane.height - height + 1;
  const sums = integral(plane);
  const step = plane.width + 1;
  const totals = new Float64Array(across * down);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++)
      totals[y * across + x] =
        sums[(y + height) * step + x + width]! -
        sums[y * step + x + width]! -
        sums[(y + height) * step + x]! +
        sums[y * step + x]!;
  const found: Patch[] = [];
  while (found.length < count) {
    let best = 0;
    for (let at = 1; at < totals.length; at++)
      if (Math.abs(totals[at]!) > Math.abs(totals[best]!)) best = at;
    const sum = totals[best]!;
    if (!(Math.abs(sum) > 0)) break;
    const [top, left] = [Math.floor(best / across), best % across];
    found.push({
      row: top + Math.floor((height - 1) / 2) + 1,
      column: left + Math.floor((width - 1) / 2) + 1,
      ...{ height, width, sum },
    });
    for (let y = Math.max(0, top - height + 1); y < Math.min(down, top + height); y++)
      totals.fill(
        0,
        y * across + Math.max(0, left - width + 1),
        y * across + Math.min(across, left + width),
      );
  }
  return found;
}
