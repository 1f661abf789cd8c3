/** Side of the square window, and the constants of Wang et al. 2004 for values between 0 and 1. */
const WINDOW = 5,
  C1 = 0.01 ** 2,
  C2 = 0.03 ** 2;

/** Structural similarity of two images with values between 0 and 1: the mean over all whole windows, 5x5 or as large as fits. */
export function ssim(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  height: number,
  width: number,
): number {
  const rows = Math.min(WINDOW, height),
    columns = Math.min(WINDOW, width);
  const count = rows * columns;
  let total = 0;
  for (let top = 0; top + rows <= height; top++) {
    for (let left = 0; left + columns <= width; left++) {
      let sumA = 0,
        sumB = 0,
        squareA = 0,
        squareB = 0,
        both = 0;
      for (let row = top; row < top + rows; row++) {
        for (let column = left; column < left + columns; column++) {
          const value = a[row * width + column]!,
            other = b[row * width + column]!;
          sumA += value;
          sumB += other;
          squareA += value * value;
          squareB += other * other;
          both += value * other;
        }
      }
      const meanA = sumA / count,
        meanB = sumB / count;
      const varianceA = squareA / count - meanA * meanA,
        varianceB = squareB / count - meanB * meanB,
        covariance = both / count - meanA * meanB;
      total +=
        ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
        ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
    }
  }
  return total / ((height - rows + 1) * (width - columns + 1));
}
