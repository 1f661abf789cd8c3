import { argumentError } from './data-error.js';

/** Checks that samples `first` to `first + count` exist.
 * @throws PatternLensError `invalid-argument`. */
export function checkRange(name: string, first: number, count: number, total: number): void {
  const whole = Number.isSafeInteger(first) && Number.isSafeInteger(count);
  if (whole && first >= 0 && count >= 1 && first + count <= total) return;
  throw argumentError(
    `"${name}"`,
    `samples between 0 and ${total}`,
    `${count} from ${first} on`,
    name,
  );
}
