import type { Preprocessing } from '@patternlens/data';

/** What Teachable Machine writes beside a model of its own. */
export interface TeachableMetadata {
  readonly labels: readonly string[];
  /** Of models of images. */
  readonly preprocessing: Preprocessing | undefined;
}

/** Reads `metadata.json` of Teachable Machine: its image models take the centre of an image, from -1 to 1. */
export function teachableMetadata(text: string): TeachableMetadata {
  const { labels, imageSize, grayscale } = JSON.parse(text) as {
    readonly labels?: unknown;
    readonly imageSize?: unknown;
    readonly grayscale?: unknown;
  };
  const names = Array.isArray(labels) ? labels.map(String) : [];
  if (typeof imageSize !== 'number') return { labels: names, preprocessing: undefined };
  const channels = grayscale === true ? ({ channels: 'gray' } as const) : {};
  return { labels: names, preprocessing: { ...channels, scale: 1 / 127.5, mean: [1] } };
}
