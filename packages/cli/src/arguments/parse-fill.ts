import type { Preprocessing } from '@patternlens/data';
import { UsageError } from './usage-error.js';

/** One number for all channels, or one a channel, in the space of the model. */
export function parseFill(text: string, channels: number): number[] {
  const values = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (!values.every(Number.isFinite) || (values.length !== 1 && values.length !== channels))
    throw new UsageError(
      `--fill: expected a number, or ${channels} of them with commas, got "${text}".`,
    );
  return Array.from({ length: channels }, (_, channel) => values[channel] ?? values[0]!);
}

/** The grey of pixel 128 as the network takes it. */
export const greyFill = (
  { scale = 1, mean = [0], std = [1] }: Preprocessing,
  channels: number,
): number[] =>
  Array.from(
    { length: channels },
    (_, channel) => (128 * scale - (mean[channel] ?? mean[0]!)) / (std[channel] ?? std[0]!),
  );
