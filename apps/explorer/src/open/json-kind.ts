import type { ToldFile } from './file-kind.js';

/** Keys of a preprocessing file. */
const PREPROCESSING = ['resize', 'crop', 'resample', 'channels', 'scale', 'mean', 'std'];

const has = (value: object, ...keys: readonly string[]): boolean =>
  keys.some((key) => key in value);

/** What a JSON file is, by its keys; where it can't be read, by its name. */
export function jsonKind(name: string, text: string): ToldFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    if (/preprocess[^/]*\.json$/i.test(name)) return { kind: 'preprocessing' };
    return {
      kind: 'other',
      reason: `${name} is not whole JSON. Copy or download it again.`,
    };
  }
  if (Array.isArray(value))
    return { kind: value.every((entry) => typeof entry === 'string') ? 'labels' : 'other' };
  if (typeof value !== 'object' || value === null) return { kind: 'other' };
  if (has(value, 'modelTopology', 'weightsManifest')) return { kind: 'tfjs' };
  if (has(value, 'labels') && has(value, 'tmVersion', 'tfjsVersion', 'packageName', 'imageSize'))
    return { kind: 'metadata' };
  const keys = Object.keys(value);
  const isPreprocessing =
    /preprocess[^/]*\.json$/i.test(name) ||
    (keys.length > 0 && keys.every((key) => PREPROCESSING.includes(key)));
  if (isPreprocessing) return { kind: 'preprocessing' };
  const numbered =
    keys.length > 0 && keys.every((key, at) => key === String(at)) && /label|class/i.test(name);
  if (numbered || has(value, 'id2label')) return { kind: 'labels' };
  return { kind: 'other' };
}
