import type { SampleSet } from '../state/samples.js';

/** A set, and which of its samples are in the page. */
export interface ShownSamples {
  readonly set: SampleSet;
  /** Samples that are left out before and behind, in rows. */
  readonly rowsBefore: number;
  readonly rowsBehind: number;
  readonly indices: readonly number[];
}

/** Where the gallery is scrolled to, in pixels. */
export interface Gallery {
  readonly columns: number;
  readonly rowHeight: number;
  readonly headHeight: number;
  readonly top: number;
  readonly height: number;
}

/** Up to so many samples all are in the page. */
const ALL = 100;

/** Samples that are in sight, with as much again before and behind; all of them where they are few. */
export function samplesInSight(
  sets: readonly SampleSet[],
  { columns, rowHeight, headHeight, top, height }: Gallery,
): readonly ShownSamples[] {
  const total = sets.reduce((sum, { count }) => sum + count, 0);
  let above = 0;
  return sets.map((set) => {
    const rows = Math.ceil(set.count / columns);
    above += headHeight;
    const from = total <= ALL ? 0 : Math.floor((top - height - above) / rowHeight);
    const to = total <= ALL ? rows : Math.ceil((top + 2 * height - above) / rowHeight);
    above += rows * rowHeight;
    const first = Math.max(0, Math.min(rows, from));
    const last = Math.max(first, Math.min(rows, to));
    const begin = first * columns;
    const end = Math.min(set.count, last * columns);
    return {
      set,
      rowsBefore: first,
      rowsBehind: rows - last,
      indices: Array.from({ length: end - begin }, (_, at) => begin + at),
    };
  });
}
