/** cos(k pi / 32) for k = 0 to 16: a table, since engines may round their own cosine differently. */
const QUARTER = [
  1.0, 0.9951847266721969, 0.9807852804032304, 0.9569403357322088, 0.9238795325112867,
  0.881921264348355, 0.8314696123025452, 0.773010453362737, 0.7071067811865476, 0.6343932841636455,
  0.5555702330196023, 0.4713967368259978, 0.38268343236508984, 0.29028467725446233,
  0.19509032201612833, 0.09801714032956077, 0,
];

/** cos(k pi / 32) for any whole k. */
export function cosine(k: number): number {
  const turned = Math.abs(k) % 64;
  const half = turned > 32 ? 64 - turned : turned;
  return half > 16 ? -QUARTER[32 - half]! : QUARTER[half]!;
}
