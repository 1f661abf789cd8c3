import type { ChannelTarget, LayerTarget } from '@patternlens/core';
import { UsageError } from './usage-error.js';

/** `CHANNEL`, the strongest position of a feature map, or `CHANNEL@ROW,COLUMN`, a given one. */
const NEURON = /^(\d+)(?:@(\d+(?:,\d+)*))?$/;

const CHANNEL = /^channel:(.*)$/s;

/** A target as it was typed. What is no number and no neuron is the label of a class; a neuron may be one too, since labels may hold slashes. */
export interface TypedTarget {
  readonly text: string;
  readonly target?: 'top' | number | ChannelTarget | LayerTarget;
}

/** `top`, a class by its number, `channel:N`, `LAYER/CHANNEL`, or `LAYER/CHANNEL@ROW,COLUMN`, split at the last slash; else a label. */
export function parseTarget(text: string): TypedTarget {
  if (text === 'top') return { text, target: 'top' };
  if (/^\d+$/.test(text)) return { text, target: Number(text) };
  const [, number] = CHANNEL.exec(text) ?? [];
  if (number !== undefined) {
    if (!/^\d+$/.test(number))
      throw new UsageError(
        `--target: expected channel:N, N being a channel of the output, from 0, got "${text}".`,
      );
    return { text, target: { channel: Number(number) } };
  }
  const slash = text.lastIndexOf('/');
  const [, channel, position] = NEURON.exec(text.slice(slash + 1)) ?? [];
  if (slash < 1 || channel === undefined) return { text };
  return {
    text,
    target: {
      layer: text.slice(0, slash),
      channel: Number(channel),
      position: position === undefined ? 'max' : position.split(',').map(Number),
    },
  };
}
