/** exp(-k^2 / 8) for k = 0 to 6, a Gaussian of two pixels cut at three times that: a table, as engines may differ. */
const HALF = [
  1, 0.8824969025845955, 0.6065306597126334, 0.32465246735834974, 0.1353352832366127,
  0.04393693362340742, 0.011108996538242306,
];
const RADIUS = HALF.length - 1;
const TAPS = 2 * RADIUS + 1;

/** Scaled so that white noise of unit variance keeps it. */
const KERNEL = ((): readonly number[] => {
  const taps = Array.from({ length: TAPS }, (_, at) => HALF[Math.abs(at - RADIUS)]!);
  const length = Math.sqrt(taps.reduce((sum, tap) => sum + tap * tap, 0));
  return taps.map((tap) => tap / length);
})();

/** White noise smoothed by a Gaussian of two pixels: mean 0, variance 1 at every pixel, borders too, [height, width]. */
export function lowPassNoise(normal: () => number, height: number, width: number): Float64Array {
  const tall = height + TAPS - 1;
  const wide = width + TAPS - 1;
  const white = Float64Array.from({ length: tall * wide }, normal);
  const rows = new Float64Array(tall * width);
  for (let row = 0; row < tall; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++) sum += KERNEL[tap]! * white[row * wide + column + tap]!;
      rows[row * width + column] = sum;
    }
  }
  const smooth = new Float64Array(height * width);
  for (let at = 0; at < smooth.length; at++) {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += KERNEL[tap]! * rows[at + tap * width]!;
    smooth[at] = sum;
  }
  return smooth;
}
