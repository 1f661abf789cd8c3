import type { Start } from '@patternlens/core';
import { UsageError } from './usage-error.js';

/** What relevance starts from; undefined for what the method says. */
export function parseStart(text: string | undefined): Start | undefined {
  if (text === undefined || text === 'one' || text === 'value') return text;
  throw new UsageError(`--start: expected one or value, got "${text}".`);
}
