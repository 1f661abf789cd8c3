/** How a resized pixel is made of those around its place: of the nearest one, or weighted by a triangle or by a cubic. */
export type ResampleFilter = 'bilinear' | 'bicubic' | 'nearest';

export const RESAMPLE_FILTERS: readonly ResampleFilter[] = ['bilinear', 'bicubic', 'nearest'];

/** What weights a pixel by its distance, in pixels of the smaller of both images. */
export interface WeightFunction {
  /** Beyond this distance all weights are zero. */
  readonly reach: number;
  readonly weight: (distance: number) => number;
}

const triangle = (distance: number): number => Math.max(0, 1 - Math.abs(distance));

/** Keys' cubic convolution with a slope of -1/2 at distance 1: the one that reproduces parabolas (Keys, 1981). */
function cubic(distance: number): number {
  const slope = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((slope + 2) * x - (slope + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * slope;
  return 0;
}

export const WEIGHT_FUNCTIONS: Readonly<
  Record<Exclude<ResampleFilter, 'nearest'>, WeightFunction>
> = {
  bilinear: { reach: 1, weight: triangle },
  bicubic: { reach: 2, weight: cubic },
};
