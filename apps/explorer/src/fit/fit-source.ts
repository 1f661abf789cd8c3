import { joinTensors, type TensorRecord } from '@patternlens/core';
import type { SamplesAsked } from '../compute/calls/sample-supply.js';
import { generatedStart } from '../open/generated-source.js';
import type { SampleSet } from '../state/samples.js';

/** What of a set a fit reads, and how the page answers for it. */
export interface FitSource {
  readonly asked: SamplesAsked;
  /** What the samples are, in words. */
  readonly source: string;
  /** The largest number of samples that there are. */
  readonly most: number;
  readonly read: (first: number, count: number) => Promise<TensorRecord>;
  /** The sets that are read, one behind the other. */
  readonly sets: readonly SampleSet[];
}

/** Generated samples have no end; a fit takes at most these. */
const MOST_GENERATED = 100_000;

/** Samples of sets, one behind the other. */
async function readSets(
  sets: readonly SampleSet[],
  first: number,
  count: number,
): Promise<TensorRecord> {
  const places = sets.flatMap((set) =>
    Array.from({ length: set.count }, (_, index) => ({ set, index })),
  );
  const samples = await Promise.all(
    places.slice(first, first + count).map(({ set, index }) => set.read(index)),
  );
  const names = Object.keys(samples[0]!.inputs);
  return Object.fromEntries(
    names.map((name) => [name, joinTensors(samples.map(({ inputs }) => inputs[name]!))]),
  );
}

/** The samples of the set that is looked at: all own files together, or the generated data.
 * @param current The set of the sample that is shown. */
export function fitSource(
  sets: readonly SampleSet[],
  current: SampleSet,
  wanted: number,
): FitSource {
  const generated = generatedStart(current.source);
  if (generated)
    return {
      asked: { generated, count: Math.min(wanted, MOST_GENERATED) },
      source: current.source,
      most: MOST_GENERATED,
      sets: [current],
      read: () => Promise.reject(new Error('Generated samples are made by the worker.')),
    };
  const own = sets.filter(({ source }) => generatedStart(source) === undefined);
  const most = own.reduce((sum, { count }) => sum + count, 0);
  return {
    asked: { count: Math.min(wanted, most) },
    source: own.map(({ source }) => source).join(', '),
    most,
    sets: own,
    read: (first, count) => readSets(own, first, count),
  };
}
