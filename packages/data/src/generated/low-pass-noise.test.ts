import { normals } from '@patternlens/core/tensor';
import { lowPassNoise } from './low-pass-noise.js';

test('unit variance at every place, and neighbours that are alike', () => {
  // One very long strip instead of many images.
  const width = 20_000;
  const noise = lowPassNoise(normals(4), 2, width);
  const mean = (product: (at: number) => number): number => {
    let sum = 0;
    for (let at = 0; at < width - 8; at++) sum += product(at);
    return sum / (width - 8);
  };
  expect(Math.abs(mean((at) => noise[at]! ** 2) - 1)).toBeLessThan(0.08);
  // A Gaussian of 2 pixels over white noise has the correlation exp(-distance^2 / 16).
  for (const distance of [1, 2, 4, 8]) {
    const found = mean((at) => noise[at]! * noise[at + distance]!);
    expect(Math.abs(found - Math.exp(-(distance ** 2) / 16))).toBeLessThan(0.08);
  }
  const below = mean((at) => noise[at]! * noise[at + width]!);
  expect(Math.abs(below - Math.exp(-1 / 16))).toBeLessThan(0.08);
});
