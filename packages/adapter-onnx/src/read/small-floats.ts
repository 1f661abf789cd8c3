interface Format {
  readonly exponent: number;
  readonly fraction: number;
  readonly bias: number;
  /** What the largest bits stand for: nothing but numbers; no number at the very last; infinities and no numbers as in IEEE 754. */
  readonly ends: 'finite' | 'last-is-none' | 'ieee';
  /** The bits of minus 0 are no number. */
  readonly noMinusZero?: true;
}

/** The number that a few bits stand for: sign, exponent, fraction. */
function decoder({ exponent, fraction, bias, ends, noMinusZero }: Format) {
  const steps = 2 ** fraction;
  const last = 2 ** exponent - 1;
  return (bits: number): number => {
    const sign = bits >> (exponent + fraction) === 0 ? 1 : -1;
    const power = (bits >> fraction) & last;
    const part = bits & (steps - 1);
    if (noMinusZero && sign < 0 && power === 0 && part === 0) return NaN;
    if (power === last && ends === 'ieee') return part === 0 ? sign * Infinity : NaN;
    if (power === last && ends === 'last-is-none' && part === steps - 1) return NaN;
    return power === 0
      ? sign * (part / steps) * 2 ** (1 - bias)
      : sign * (1 + part / steps) * 2 ** (power - bias);
  };
}

/** Floats of 8 and 4 bits from their bits, by the names of ONNX. Source: the OCP formats for 8-bit floats and microscaling, and ONNX's own `fnuz`. */
export const smallFloats = {
  e4m3fn: decoder({ exponent: 4, fraction: 3, bias: 7, ends: 'last-is-none' }),
  e4m3fnuz: decoder({ exponent: 4, fraction: 3, bias: 8, ends: 'finite', noMinusZero: true }),
  e5m2: decoder({ exponent: 5, fraction: 2, bias: 15, ends: 'ieee' }),
  e5m2fnuz: decoder({ exponent: 5, fraction: 2, bias: 16, ends: 'finite', noMinusZero: true }),
  e2m1: decoder({ exponent: 2, fraction: 1, bias: 1, ends: 'finite' }),
  /** A power of 2 alone. */
  e8m0: (bits: number): number => (bits === 255 ? NaN : 2 ** (bits - 127)),
} as const;
