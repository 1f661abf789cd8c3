import type { Tensor } from '@patternlens/core';

/** Magnitudes of a sample's relevance per pixel: of the sum over channels where signs are evidence, else the sum of magnitudes. */
function magnitudes({ data, shape }: Tensor, signed: boolean): Float64Array {
  const [channels, height, width] = shape as [number, number, number];
  const plane = height * width;
  const values = new Float64Array(plane);
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < plane; at++) {
      const value = data[channel * plane + at]!;
      values[at]! += signed ? value : Math.abs(value);
    }
  }
  return values.map(Math.abs);
}

/** The share of a mask's pixels that are among the strongest of a map, of as many as the mask has: 1 where the map finds all of the truth. */
export function rankAccuracy(relevance: Tensor, mask: Tensor, signed: boolean): number {
  const strengths = magnitudes(relevance, signed);
  const inside = Array.from(mask.data).filter((value) => value !== 0).length;
  const strongest = Array.from(strengths.keys())
    .sort((a, b) => strengths[b]! - strengths[a]!)
    .slice(0, inside);
  return strongest.filter((at) => mask.data[at] !== 0).length / inside;
}
