import type { Interval } from '@patternlens/evaluate';
import { html, type TemplateResult } from 'lit-html';

/** A number with so many decimals and a minus sign; `none` where there is none. */
export const decimals = (value: number | null, digits: number): string =>
  value === null ? 'none' : value.toFixed(digits).replace('-', '−');

/** A mean with its interval, small beside it. */
export const intervalText = (
  { mean, low, high }: Pick<Interval, 'mean' | 'low' | 'high'>,
  digits = 3,
): TemplateResult =>
  html`${decimals(mean, digits)}${
    low === null || high === null
      ? undefined
      : html` <small class="quiet">${decimals(low, digits)} to ${decimals(high, digits)}</small>`
  }`;
