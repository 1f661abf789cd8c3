import type { Target } from '@patternlens/core';
import { UsageError } from './usage-error.js';

/** `top`, a class by its number, or `LAYER/CHANNEL`, split at the last slash. */
export function parseTarget(text: string): Target {
  if (text === 'top') return 'top';
  if (/^\d+$/.test(text)) return Number(text);
  const slash = text.lastIndexOf('/');
  const channel = text.slice(slash + 1);
  if (slash < 1 || !/^\d+$/.test(channel))
    throw new UsageError(`--target: expected top, a class number or LAYER/CHANNEL, got "${text}".`);
  return { layer: text.slice(0, slash), channel: Number(channel), position: 'max' };
}
