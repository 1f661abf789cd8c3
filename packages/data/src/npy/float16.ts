/** The value of a half-precision float (IEEE 754 binary16) given by its bits; exact. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  // Scaling by powers of two is exact, and they come from shifts, not from the engine's own power function.
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  const value = 0x400 + fraction;
  return exponent >= 25
    ? sign * value * (1 << (exponent - 25))
    : (sign * value) / (1 << (25 - exponent));
}
