/** A number with so many decimals and a minus sign; `none` where there is none. */
export const decimals = (value: number | null, digits: number): string =>
  value === null ? 'none' : value.toFixed(digits).replace('-', '−');
