import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Preprocessing } from './preprocessing.js';

/** SHA-256, in hexadecimal, of what a preprocessing does: defaults are filled in and keys sorted, so that two ways of
 * writing the same thing have one hash. Patterns depend on it, since they were fitted on what it made. */
export function preprocessingHash(preprocessing: Preprocessing): string {
  const { resize, crop, resample = 'bilinear', channels } = preprocessing;
  const { scale = 1, mean = [0], std = [1] } = preprocessing;
  const canonical = JSON.stringify({
    channels: channels ?? null,
    crop: typeof crop === 'number' ? [crop, crop] : (crop ?? null),
    mean: once(mean),
    // Left out where it is what all preprocessing did before there was a choice.
    ...(resample === 'bilinear' ? {} : { resample }),
    resize: resize ?? null,
    scale,
    std: once(std),
  });
  return bytesToHex(sha256(utf8ToBytes(canonical)));
}

/** One number where all channels have the same. */
const once = (values: readonly number[]): readonly number[] =>
  values.every((value) => value === values[0]) ? values.slice(0, 1) : values;
