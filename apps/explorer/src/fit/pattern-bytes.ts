import { writePatterns, type PatternSet } from '@patternlens/core';

/** Patterns without what merging needs. */
function withoutMoments(patterns: PatternSet): PatternSet {
  const layers = [...patterns.layers].map(
    ([name, pattern]) => [name, { ...pattern, source: undefined }] as const,
  );
  return { ...patterns, layers: new Map(layers) };
}

/** Pieces of a file as one array. */
export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece.slice());
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of all) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Patterns as a file. */
export const patternFile = (patterns: PatternSet, withMoments: boolean): Promise<Uint8Array> =>
  joined(writePatterns(withMoments ? patterns : withoutMoments(patterns)));
