import { PatternLensError } from '@patternlens/core';

/** Whole patches side by side over the places of an input; what is left over is dropped alike on both sides of each axis. */
export interface PatchGrid {
  /** Side of a patch, along every axis. */
  readonly patch: number;
  /** Patches along each axis. */
  readonly grid: readonly number[];
  /** Places dropped before the first patch of each axis. */
  readonly offset: readonly number[];
  /** The places of each patch, patches in row-major order. */
  readonly places: readonly Uint32Array[];
}

/** All index tuples below the given sizes, in row-major order. */
function tuples(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (all, size) =>
      all.flatMap((before) => Array.from({ length: size }, (_, at) => [...before, at])),
    [[]],
  );
}

/** Cuts places of these spatial sizes into patches.
 * @throws PatternLensError `invalid-argument` where not one fits. */
export function patchGrid(metric: string, spatial: readonly number[], patch: number): PatchGrid {
  const grid = spatial.map((size) => Math.floor(size / patch));
  if (grid.some((count) => count === 0))
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `${metric}: a patch of ${patch} is larger than the input (${spatial.join(' x ')}). Take a smaller one: ${metric}:patch=${Math.max(1, Math.floor(Math.min(...spatial) / 4))}.`,
    );
  const offset = spatial.map((size, axis) => Math.floor((size - grid[axis]! * patch) / 2));
  const inside = tuples(spatial.map(() => patch));
  const placeOf = (corner: readonly number[], within: readonly number[]): number =>
    spatial.reduce(
      (place, size, axis) => place * size + offset[axis]! + corner[axis]! * patch + within[axis]!,
      0,
    );
  return {
    patch,
    grid,
    offset,
    places: tuples(grid).map((corner) =>
      Uint32Array.from(inside, (within) => placeOf(corner, within)),
    ),
  };
}

/** The sum of a map over each patch. */
export function patchSums(map: ArrayLike<number>, { places }: PatchGrid): Float64Array {
  return Float64Array.from(places, (patch) => patch.reduce((sum, place) => sum + map[place]!, 0));
}
