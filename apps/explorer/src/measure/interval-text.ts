import type { Interval } from '@patternlens/evaluate';
import { html, type TemplateResult } from 'lit-html';
import { decimals } from './decimals.js';

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
