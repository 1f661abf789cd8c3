/** The area under values at the given places (equal steps where none are given), as a share of the whole width: what the curve is on average. */
export function trapezoid(values: ArrayLike<number>, places?: ArrayLike<number>): number {
  const { length } = values;
  if (length === 1) return values[0]!;
  const placeOf = (at: number): number => places?.[at] ?? at;
  let sum = 0;
  for (let at = 1; at < length; at++)
    sum += ((values[at]! + values[at - 1]!) / 2) * (placeOf(at) - placeOf(at - 1));
  return sum / (placeOf(length - 1) - placeOf(0));
}
