const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

const superscript = (value: number): string =>
  Array.from(String(value), (digit) => SUPERSCRIPTS[digit] ?? digit).join('');

/** A number for people, rounded to so many significant digits: `0.0123`, `−14.3`, `1.23 × 10⁻⁵`. */
export function numberText(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const sign = value < 0 ? '−' : '';
  const rounded = Math.abs(value).toExponential(digits - 1);
  const [mantissa, power] = rounded.split('e') as [string, string];
  const exponent = Number(power);
  if (exponent < -3 || exponent > 4) return `${sign}${mantissa} × 10${superscript(exponent)}`;
  return sign + Number(rounded).toFixed(Math.max(0, digits - 1 - exponent));
}

/** A number among others of its kind, with two decimals: `14.31`, `−2.00`; as `numberText` where these would not show it. */
export function scoreText(value: number): string {
  const magnitude = Math.abs(value);
  if (value !== 0 && !(magnitude >= 0.01 && magnitude < 1e5)) return numberText(value);
  return value.toFixed(2).replace('-', '−');
}

/** `2¹³⁰` */
export const powerOfTwo = (exponent: number): string => `2${superscript(exponent)}`;
