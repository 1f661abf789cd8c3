import type { Target } from '@patternlens/core';
import { UsageError } from './usage-error.js';

/** `CHANNEL`, the strongest position of a feature map, or `CHANNEL@ROW,COLUMN`, a given one. */
const NEURON = /^(\d+)(?:@(\d+(?:,\d+)*))?$/;

/** `top`, a class by its number, `LAYER/CHANNEL`, or `LAYER/CHANNEL@ROW,COLUMN`, split at the last slash. */
export function parseTarget(text: string): Target {
  if (text === 'top') return 'top';
  if (/^\d+$/.test(text)) return Number(text);
  const slash = text.lastIndexOf('/');
  const [, channel, position] = NEURON.exec(text.slice(slash + 1)) ?? [];
  if (slash < 1 || channel === undefined)
    throw new UsageError(
      `--target: expected top, a class number, LAYER/CHANNEL or LAYER/CHANNEL@ROW,COLUMN, got "${text}".`,
    );
  return {
    layer: text.slice(0, slash),
    channel: Number(channel),
    position: position === undefined ? 'max' : position.split(',').map(Number),
  };
}
