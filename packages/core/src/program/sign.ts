/** What is known of all entries of a value: the bounds of the interval that they lie in, open at 0 where `strict`. */
export interface Sign {
  readonly canBeNegative: boolean;
  readonly canBeZero: boolean;
  readonly canBePositive: boolean;
}

export const ANY: Sign = { canBeNegative: true, canBeZero: true, canBePositive: true };
export const NOT_NEGATIVE: Sign = { canBeNegative: false, canBeZero: true, canBePositive: true };

export const isZero = (sign: Sign): boolean => !sign.canBeNegative && !sign.canBePositive;
export const isNotNegative = (sign: Sign): boolean => !sign.canBeNegative;
export const isNotPositive = (sign: Sign): boolean => !sign.canBePositive;
export const isPositive = (sign: Sign): boolean => !sign.canBeNegative && !sign.canBeZero;

export function signOfNumbers(values: ArrayLike<number>): Sign {
  let canBeNegative = false,
    canBeZero = false,
    canBePositive = false;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    // NaN compares with nothing, so it makes every sign possible.
    if (!(value >= 0)) canBeNegative = true;
    if (!(value <= 0)) canBePositive = true;
    if (value === 0) canBeZero = true;
  }
  return { canBeNegative, canBeZero, canBePositive };
}

/** Where entries come from both. */
export const unionOfSigns = (a: Sign, b: Sign): Sign => ({
  canBeNegative: a.canBeNegative || b.canBeNegative,
  canBeZero: a.canBeZero || b.canBeZero,
  canBePositive: a.canBePositive || b.canBePositive,
});

export const withZero = (sign: Sign): Sign => ({ ...sign, canBeZero: true });

export const negatedSign = (sign: Sign): Sign => ({
  ...sign,
  canBeNegative: sign.canBePositive,
  canBePositive: sign.canBeNegative,
});

export function signOfSum(a: Sign, b: Sign): Sign {
  const canBeNegative = a.canBeNegative || b.canBeNegative;
  const canBePositive = a.canBePositive || b.canBePositive;
  return {
    canBeNegative,
    canBePositive,
    canBeZero: (canBeNegative && canBePositive) || (a.canBeZero && b.canBeZero),
  };
}

/** A product that is not zero in exact arithmetic can still be rounded to zero. */
export const signOfProduct = (a: Sign, b: Sign): Sign => ({
  canBeZero: true,
  canBePositive: (a.canBePositive && b.canBePositive) || (a.canBeNegative && b.canBeNegative),
  canBeNegative: (a.canBePositive && b.canBeNegative) || (a.canBeNegative && b.canBePositive),
});
