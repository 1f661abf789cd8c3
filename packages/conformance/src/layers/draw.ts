import { tensor, type Tensor } from '@patternlens/core';
import { mapTensor, normals, uniforms } from '@patternlens/core/tensor';

/** How weights and inputs are drawn: normal numbers; the same rounded to eighths, whose products and sums are exact in float32, so that a quotient by
 * a small sum says nothing about rounding; or small whole ones, whose sums are exactly zero now and then. */
export type Draw = 'normal' | 'eighths' | 'whole';

/** Random tensors by seed, one after the other; all of them are float32. */
export type Drawer = (shape: readonly number[], size?: number) => Tensor;

export function drawer(draw: Draw, seed: number): Drawer {
  const normal = normals(seed),
    uniform = uniforms(seed);
  const draws: Record<Draw, () => number> = {
    normal,
    eighths: () => Math.round(normal() * 8) / 8,
    whole: () => Math.floor(uniform() * 5) - 2,
  };
  const next = draws[draw];
  return (shape, size = 1) =>
    tensor(
      Float32Array.from(
        { length: shape.reduce((total, dim) => total * dim, 1) },
        () => next() * size,
      ),
      shape,
    );
}

/** The same without negative values. */
export const positive = (values: Tensor): Tensor => mapTensor(values, Math.abs);
