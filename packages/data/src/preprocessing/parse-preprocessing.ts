import { messageOf, suggestion, type PatternLensError } from '@patternlens/core';
import { fileError } from '../errors/data-error.js';
import { RESAMPLE_FILTERS } from '../resize/resample-filter.js';
import { CHANNEL_ORDERS, type Preprocessing } from './preprocessing.js';

/** Sides longer than this are a mistake, not an image for a network. */
const LONGEST_SIDE = 16384;

type Check = (value: unknown) => string | undefined;

const number = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const side = (value: unknown): boolean =>
  number(value) && Number.isInteger(value) && value >= 1 && value <= LONGEST_SIDE;

const extent: Check = (value) =>
  side(value) || (Array.isArray(value) && value.length === 2 && value.every(side))
    ? undefined
    : `pixels (1 to ${LONGEST_SIDE}), one number or [height, width]`;

const perChannel =
  (what: string, fits: (value: number) => boolean): Check =>
  (value) =>
    Array.isArray(value) &&
    (value.length === 1 || value.length === 3) &&
    value.every((entry) => number(entry) && fits(entry))
      ? undefined
      : `a list of 1 or 3 ${what}`;

const oneOf =
  (known: readonly string[]): Check =>
  (value) =>
    (known as readonly unknown[]).includes(value)
      ? undefined
      : `one of ${known.map((name) => `"${name}"`).join(', ')}`;

/** What is wrong with a value, as what was expected; undefined where nothing is. */
const CHECKS: Readonly<Record<keyof Preprocessing, Check>> = {
  resize: extent,
  crop: extent,
  resample: oneOf(RESAMPLE_FILTERS),
  channels: oneOf(CHANNEL_ORDERS),
  scale: (value) => (number(value) && value > 0 ? undefined : 'a number above 0'),
  mean: perChannel('numbers', () => true),
  std: perChannel('numbers above 0', (deviation) => deviation > 0),
};

const KEYS = Object.keys(CHECKS);

const NAMES: Readonly<Record<string, readonly string[]>> = {
  channels: CHANNEL_ORDERS,
  resample: RESAMPLE_FILTERS,
};

/** Checks a preprocessing object, as it stands in a file.
 * @throws PatternLensError `invalid-file` naming the key, with the nearest right name or value. */
export function checkPreprocessing(value: unknown, file = 'preprocessing'): Preprocessing {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fileError(file, 'an object, such as { "resize": 256 }', shown(value), known());
  for (const [key, entry] of Object.entries(value)) {
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key as keyof Preprocessing] : undefined;
    if (!check) throw fileError(file, 'keys of preprocessing', `"${key}"`, suggestion(key, KEYS));
    const expected = check(entry);
    if (expected !== undefined) throw wrong(file, key, expected, entry);
  }
  const preprocessing = value as Preprocessing;
  checkCropFits(file, preprocessing);
  return preprocessing;
}

/** Reads a preprocessing file: JSON, `{ "resize": 256, "crop": 227, "resample": "bilinear", "channels": "rgb", "scale": 1, "mean": [...], "std": [...] }`.
 * @throws PatternLensError `invalid-file`. */
export function parsePreprocessing(text: string, file = 'preprocessing'): Preprocessing {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    throw fileError(
      file,
      'a JSON file',
      messageOf(thrown),
      'Mind quotes around names, and no comma after the last.',
      thrown,
    );
  }
  return checkPreprocessing(value, file);
}

function wrong(file: string, key: string, expected: string, value: unknown): PatternLensError {
  const names = NAMES[key];
  const remedy =
    names && typeof value === 'string'
      ? suggestion(value, names)
      : `Change ${key}, or leave it out.`;
  return fileError(file, `${key} to be ${expected}`, shown(value), remedy);
}

function checkCropFits(file: string, { resize, crop }: Preprocessing): void {
  if (resize === undefined || crop === undefined) return;
  const [height, width] = typeof crop === 'number' ? [crop, crop] : crop;
  const fits =
    typeof resize === 'number'
      ? Math.min(height, width) <= resize
      : height <= resize[0] && width <= resize[1];
  if (!fits)
    throw fileError(
      file,
      'a crop within the resized image',
      `crop ${shown(crop)} of resize ${shown(resize)}`,
      'Make resize larger or crop smaller.',
    );
}

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
};

const known = (): string => `Known: ${KEYS.join(', ')}.`;
