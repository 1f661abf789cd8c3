import type { ArrayFacts } from '../compute/samples/array-facts.js';

/** A person's own file of samples. */
export interface OwnSource {
  /** Tells one from another of the same name. */
  readonly key: string;
  readonly path: string;
  readonly content: Blob;
  /** Of arrays; an image is one sample. */
  readonly array?: ArrayFacts | undefined;
}

export const isPixels = ({ array }: OwnSource): boolean => array?.pixels ?? true;

export const samplesOf = ({ array }: OwnSource): number => array?.count ?? 1;
