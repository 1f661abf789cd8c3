import type { Start } from '@patternlens/core';
import { UsageError } from './usage-error.js';

/** What relevance starts from. */
export function parseStart(text: string): Start {
  if (text === 'one' || text === 'value') return text;
  throw new UsageError(`--start: expected one or value, got "${text}".`);
}
