import { joinTensors, PatternLensError, type Tensor } from '@patternlens/core';
import { firstNotFinite } from '@patternlens/core/tensor';
import type { OpenedSource } from './opened-source.js';

/** Sources one behind the other. */
export interface JoinedSources {
  readonly count: number;
  /** Where each sample comes from. */
  readonly places: readonly { readonly source: OpenedSource; readonly index: number }[];
  readonly read: (first: number, count: number) => Promise<Tensor>;
}

/** Samples of a source, none of which may hold what no number can be computed from. */
async function readFinite(source: OpenedSource, first: number, count: number): Promise<Tensor> {
  const values = await source.read(first, count);
  const place = firstNotFinite(values);
  if (place < 0) return values;
  const each = values.data.length / count;
  throw new PatternLensError(
    'explain',
    'invalid-file',
    `"${source.name}": expected finite numbers, got ${values.data[place]!} in sample ${first + Math.floor(place / each)}, value ${place % each}. Repair that sample, or leave it out.`,
    { file: source.name },
  );
}

/** Sources one behind the other, cut after `limit` samples, as one that can be read anywhere. */
export function joinSources(sources: readonly OpenedSource[], limit = Infinity): JoinedSources {
  const places = sources
    .flatMap((source) => Array.from({ length: source.count }, (_, index) => ({ source, index })))
    .slice(0, limit);
  return {
    places,
    count: places.length,
    read: async (first, count) => {
      const wanted = places.slice(first, first + count);
      const parts: Promise<Tensor>[] = [];
      for (let at = 0; at < wanted.length;) {
        const { source, index } = wanted[at]!;
        let length = 1;
        while (wanted[at + length]?.source === source) length++;
        parts.push(readFinite(source, index, length));
        at += length;
      }
      return joinTensors(await Promise.all(parts));
    },
  };
}
