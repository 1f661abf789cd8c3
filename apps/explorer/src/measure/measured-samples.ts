import type { SamplesAsked } from '../compute/calls/sample-supply.js';
import { fitSource, type FitSource } from '../fit/fit-source.js';
import type { SamplePlace, SampleSet } from '../state/samples.js';

/** Samples that something is measured on. */
export interface MeasuredSamples {
  readonly source: FitSource;
  readonly asked: SamplesAsked;
  /** Which of them a sample of the page is; undefined where it is none of them. */
  readonly indexOf: (place: SamplePlace) => number | undefined;
  /** For patterns that are fitted again: the samples of the same source from its start on. */
  readonly refit: (wanted: number) => SamplesAsked;
}

/** Samples from the current one on; where fewer are left, the last ones.
 * @param sets All sets of the page. Own files count as one source, one behind the other. */
export function measuredSamples(
  sets: readonly SampleSet[],
  current: SamplePlace,
  wanted: number,
): MeasuredSamples {
  const source = fitSource(sets, current.set, Infinity);
  const { generated } = source.asked;
  if (generated) {
    const first = generated.first + current.index;
    return {
      source,
      asked: { generated: { ...generated, first }, count: wanted },
      indexOf: ({ set, index }) => {
        const at = index - current.index;
        return set.key === current.set.key && at >= 0 && at < wanted ? at : undefined;
      },
      refit: (count) => ({ generated, count }),
    };
  }
  const own = source.sets;
  const placeOf = ({ set, index }: SamplePlace): number => {
    const at = own.findIndex(({ key }) => key === set.key);
    return at < 0 ? -1 : own.slice(0, at).reduce((sum, { count }) => sum + count, index);
  };
  const count = Math.min(wanted, source.most);
  const from = Math.max(0, Math.min(placeOf(current), source.most - count));
  return {
    source,
    asked: { count, from },
    indexOf: (place) => {
      const at = placeOf(place) - from;
      return at >= 0 && at < count ? at : undefined;
    },
    refit: (many) => ({ count: Math.min(many, source.most) }),
  };
}
