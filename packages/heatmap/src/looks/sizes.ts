import { SMOOTH_FROM, type Native } from './drawing.js';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The longer side that a single picture is enlarged to. */
const LARGE = 320;
/** The longer side that small maps of a sheet are brought near to. */
const SMALL_CELL = 120;
/** Rows are about as tall as their points are wide, up to here, and at least clear to see while there are few. */
const TALLEST_ROW = 24;
const CLEAR_ROW = 10;
const SINGLE_STRIP: StripLimits = { wanted: 480, widest: 2048, shrunk: 1024, minHeight: 56 };

/** The size of the only map of a figure: small ones in whole multiples, larger ones to 320 pixels, never below their own. */
export function singleSize({ width, height, strip }: Native): Size {
  if (strip) return stripSize({ width, height }, SINGLE_STRIP);
  const longest = Math.max(width, height);
  if (longest < SMOOTH_FROM) return times({ width, height }, Math.floor(LARGE / longest));
  return longest < LARGE ? times({ width, height }, LARGE / longest) : { width, height };
}

/** The size of a map in a cell with so much room: small ones in a whole multiple near 120 pixels, larger ones as they are or
 * shrunk to the room. A wanted size takes the place of both. */
export function cellSize({ width, height, strip }: Native, room: number, wanted?: number): Size {
  if (strip) {
    const limits = { wanted: room, widest: room * 1.5, shrunk: room, minHeight: 40 };
    return stripSize({ width, height }, limits);
  }
  const longest = Math.max(width, height);
  if (longest < SMOOTH_FROM) {
    return times({ width, height }, Math.max(1, Math.round((wanted ?? SMALL_CELL) / longest)));
  }
  const target = wanted ?? Math.min(room, Math.max(SMALL_CELL, longest));
  return times({ width, height }, target / longest);
}

const times = ({ width, height }: Size, factor: number): Size => ({
  width: Math.max(1, Math.round(width * factor)),
  height: Math.max(1, Math.round(height * factor)),
});

interface StripLimits {
  /** The width that points are enlarged to, nearly. */
  readonly wanted: number;
  /** The width beyond which points are shrunk to `shrunk` columns. */
  readonly widest: number;
  readonly shrunk: number;
  readonly minHeight: number;
}

/** Each point a whole number of pixels wide, rows tall enough to see. */
function stripSize({ width, height }: Size, limits: StripLimits): Size {
  const across = Math.max(1, Math.round(limits.wanted / width));
  const down = Math.max(
    Math.min(across, TALLEST_ROW),
    Math.min(CLEAR_ROW, Math.floor(limits.wanted / height)),
    Math.ceil(limits.minHeight / height),
  );
  const drawn = width * across > limits.widest ? limits.shrunk : width * across;
  return { width: drawn, height: height * down };
}
