import type { Plane } from '@patternlens/heatmap';
import { strongPatches, type Patch } from './strong-patches.js';

const QUARTERS = ['upper left', 'upper right', 'lower left', 'lower right'];
const HALVES = ['first half', 'second half'];

/** What a map shows, in numbers. */
export interface MapSummary {
  readonly sentence: string;
  readonly patches: readonly Patch[];
}

/** Patches that are listed. */
const LISTED = 10;

function positiveShares({ values, width, height }: Plane): { shares: number[]; names: string[] } {
  const isRow = height < 4;
  const sums = isRow ? [0, 0] : [0, 0, 0, 0];
  let total = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (!(value > 0)) continue;
    const right = at % width >= width / 2 ? 1 : 0;
    const lower = Math.floor(at / width) >= height / 2 ? 2 : 0;
    sums[isRow ? right : lower + right]! += value;
    total += value;
  }
  return {
    shares: sums.map((sum) => (total > 0 ? sum / total : 0)),
    names: isRow ? HALVES : QUARTERS,
  };
}

const known = new WeakMap<Plane, MapSummary>();

/** A map in a sentence, and its strongest patches. */
export function mapSummary(plane: Plane): MapSummary {
  const before = known.get(plane);
  if (before) return before;
  const patches = strongPatches(plane, LISTED);
  const { shares, names } = positiveShares(plane);
  const most = shares.indexOf(Math.max(...shares));
  const where = names.length === 4 ? `${names[most]!} quarter` : names[most]!;
  const [first] = patches;
  const sentence = !first
    ? 'All zero: nothing went back to the input.'
    : [
        shares[most]! > 0
          ? `${Math.round(shares[most]! * 100)} % of positive relevance in the ${where}`
          : 'no positive relevance',
        `strongest ${first.height}×${first.width} (${first.sum > 0 ? 'for' : 'against'}) at row ${first.row}, column ${first.column}`,
      ].join('; ') + '.';
  const made = { sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1), patches };
  known.set(plane, made);
  return made;
}
