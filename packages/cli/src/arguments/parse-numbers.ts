import type { Parse } from './option.js';
import { UsageError } from './usage-error.js';

/** Reads a whole number of at least `least`. */
export const count =
  (least = 1): Parse<number> =>
  (text, option) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new UsageError(
        `${option}: expected a whole number of at least ${least}, got "${text}".`,
      );
    return value;
  };

/** A number above 0. */
export function parsePositive(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new UsageError(`${option}: expected a number above 0, got "${text}".`);
  return value;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
};

/** A size in bytes, with a unit or without: `500MB`, `2GB`, `1000000`. */
export function parseBytes(text: string, option: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = match && UNITS[match[2]!.toLowerCase()];
  if (!match || unit === undefined || unit === null || Number(match[1]) <= 0)
    throw new UsageError(`${option}: expected a size such as 500MB or 2GB, got "${text}".`);
  return Number(match[1]) * unit;
}

/** `I/N`: the I-th of N shards, from 1. */
export function parseShard(text: string): { index: number; count: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const index = Number(match?.[1]),
    count = Number(match?.[2]);
  if (!match || index < 1 || index > count)
    throw new UsageError(`--shard: expected I/N with I from 1 to N, got "${text}".`);
  return { index, count };
}

/** `INPUT=3,48,192`: sizes of an input's axes, without the batch, or with `N` for it where it is not the first: `INPUT=2,N,64`. The name ends at the last equals sign. */
export function parseShapes(texts: readonly string[]): Record<string, (number | 'N')[]> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.lastIndexOf('=');
      const sizes = text
        .slice(equals + 1)
        .split(',')
        .map((size) => (size === 'N' ? size : Number(size)));
      const isSize = (size: number | 'N'): boolean =>
        size === 'N' || (Number.isSafeInteger(size) && size >= 1);
      const batches = sizes.filter((size) => size === 'N').length;
      if (equals < 1 || batches > 1 || !sizes.every(isSize))
        throw new UsageError(
          `--shape: expected INPUT=SIZE,SIZE,..., of which one may be N, the batch, got "${text}".`,
        );
      return [text.slice(0, equals), sizes] as const;
    }),
  );
}

/** `NAME=SOURCE`, once for each input of a network with several. The name ends at the last equals sign. */
export function parseInputs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.lastIndexOf('=');
      if (equals < 1 || equals === text.length - 1)
        throw new UsageError(`--input: expected NAME=SOURCE, got "${text}".`);
      return [text.slice(0, equals), text.slice(equals + 1)] as const;
    }),
  );
}
