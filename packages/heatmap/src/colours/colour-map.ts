import { PatternLensError } from '@patternlens/core';

/** The index of zero in every diverging map: `round((0 + 1) * 127.5)`. */
export const NEUTRAL_INDEX = 128;

/** A place on the map from 0 to 1, and its red, green and blue from 0 to 255. */
export type ColourStop = readonly [position: number, red: number, green: number, blue: number];

/** 256 colours. `diverging` maps are for signed values, zero exactly on the neutral colour in the middle, positive at the
 * warm end; `sequential` ones are for magnitudes, zero at the first colour. */
export interface ColourMap {
  readonly id: string;
  readonly kind: 'diverging' | 'sequential';
  /** Red, green and blue of the 256 entries, 768 bytes. */
  readonly table: Uint8Array;
}

/** A colour map, linear between stops that rise from position 0 to 1.
 * @throws PatternLensError `invalid-argument` where they do not, or where a diverging map has no stop at 0.5. */
export function createColourMap(
  id: string,
  kind: ColourMap['kind'],
  stops: readonly ColourStop[],
): ColourMap {
  const positions = stops.map(([position]) => position);
  const rising = positions.every((position, at) => at === 0 || position > positions[at - 1]!);
  const middle = kind === 'sequential' || positions.includes(0.5);
  if (!rising || positions[0] !== 0 || positions.at(-1) !== 1 || !middle) {
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `colour map "${id}": expected stops that rise from 0 to 1${kind === 'diverging' ? ' by way of 0.5, the neutral colour' : ''}, got ${positions.join(', ')}. Add or move stops.`,
    );
  }
  const table = new Uint8Array(256 * 3);
  for (let index = 0; index < 256; index++) {
    table.set(colourAt(stops, positionOf(index, kind)), index * 3);
  }
  return { id, kind, table };
}

/** 256 entries have no middle one. Zero falls on entry 128, so that this one is the middle of a diverging map, exactly:
 * the lower half has 128 steps, the upper 127. */
function positionOf(index: number, kind: ColourMap['kind']): number {
  if (kind === 'sequential') return index / 255;
  return index <= NEUTRAL_INDEX ? index / 256 : 0.5 + (index - NEUTRAL_INDEX) / 254;
}

function colourAt(stops: readonly ColourStop[], position: number): readonly number[] {
  const upper = Math.max(
    1,
    stops.findIndex(([at]) => at >= position),
  );
  const [from, ...low] = stops[upper - 1]!;
  const [to, ...high] = stops[upper]!;
  const share = (position - from) / (to - from);
  return low.map((value, channel) => Math.round(value + (high[channel]! - value) * share));
}

/** The entry for a share of the scale, -1 to 1 (0 to 1 on a sequential map). */
export function colourIndex(share: number, kind: ColourMap['kind']): number {
  return kind === 'diverging'
    ? Math.round((share + 1) * 127.5)
    : Math.round(Math.max(0, share) * 255);
}

/** Red, green and blue of zero. */
export function zeroColour({ kind, table }: ColourMap): readonly [number, number, number] {
  const at = colourIndex(0, kind) * 3;
  return [table[at]!, table[at + 1]!, table[at + 2]!];
}
