import type { ModelFacts } from '../compute/model-facts.js';

/** The paper's patch, for photos. */
const OF_PHOTOS = 9;

/** Sizes of the axes that patches lie along; of features without places, how many there are. */
export function patchSizes({ shape, axes }: ModelFacts['inputs'][number]): readonly number[] {
  const along =
    axes.spatial.length > 0 ? axes.spatial : axes.channels === undefined ? [] : [axes.channels];
  return along.map((axis) => Number(shape[axis]));
}

/** The side of a patch where none is given: 9 for photos, of smaller inputs an eighth of the shortest side. */
export const defaultPatch = (sizes: readonly number[]): number =>
  Math.max(1, Math.min(OF_PHOTOS, Math.round(Math.min(...sizes) / 8)));

/** Whole patches that an input has. */
export const patchCount = (sizes: readonly number[], patch: number): number =>
  sizes.reduce((product, size) => product * Math.floor(size / patch), 1);
