import {
  fitPatterns,
  sliceSamples,
  type Network,
  type Pattern,
  type PatternSet,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { toNeuronMajor } from '@patternlens/core/network';
import { RARE, type PatternKind } from '@patternlens/core/patterns';
import { compare } from '../compare.js';
import type { ConformanceCase } from '../conformance-case.js';
import { Disagreement } from '../disagreement.js';
import { fittedPatterns, FITTED_SAMPLES } from '../networks/fitted.js';
import { gatedSample } from '../networks/gated-sample.js';
import { networkInputs } from '../networks/network-sample.js';
import { networkSamples } from '../networks/network-samples.js';

/** Relative L2 of each neuron's direction. */
const LIMIT = 1e-4;

const KINDS = ['linear', 'positive', 'negative'] as const;

/** Ways to split the data into batches, which must not matter. */
function batches(network: Network): TensorRecord[] {
  const all = networkInputs(network, FITTED_SAMPLES, 900);
  const cuts = [0, 5, 6, 17, FITTED_SAMPLES];
  return cuts
    .slice(1)
    .map((to, at) =>
      Object.fromEntries(
        Object.entries(all).map(([name, value]) => [name, sliceSamples(value, cuts[at]!, to)]),
      ),
    );
}

/** The direction of each neuron. */
function neuronsOf({ layout, directions }: Pattern, kind: PatternKind): Tensor[] {
  const rows = toNeuronMajor(layout, directions[kind]!);
  return Array.from({ length: rows.shape[0]! }, (_, row) => sliceSamples(rows, row, row + 1));
}

/** Compares neurons whose regimes held the same number of samples on both backends, where the compared regime held enough. */
function comparePatterns(name: string, actual: PatternSet, expected: PatternSet): number {
  let worst = 0,
    compared = 0,
    others = 0;
  for (const [layer, pattern] of expected.layers) {
    const mine = actual.layers.get(layer)!;
    if (mine.samples !== pattern.samples)
      throw new Disagreement(
        name,
        `layer "${layer}" saw ${mine.samples} samples and positions, the reference ${pattern.samples}`,
      );
    for (const kind of KINDS) {
      const rows = neuronsOf(mine, kind);
      neuronsOf(pattern, kind).forEach((row, neuron) => {
        const count = pattern.counts[neuron]!;
        if (mine.counts[neuron] !== count) {
          others++;
          return;
        }
        const seen = kind === 'negative' ? pattern.samples - count : count;
        if (kind !== 'linear' && seen < RARE) return;
        compared++;
        const what = `layer "${layer}", neuron ${neuron}, ${kind} direction`;
        worst = Math.max(
          worst,
          compare(name, rows[neuron]!, row, LIMIT, { what, exactZeros: false }),
        );
      });
    }
  }
  // A sample may fall on the other side of a threshold by rounding; here hardly any is near one.
  if (others > 0.05 * compared)
    throw new Disagreement(
      name,
      `${others} directions of ${others + compared} are of neurons that fired another number of times than the reference's`,
    );
  return worst;
}

/** Patterns fitted on a backend, in batches of several sizes, against those of the reference. */
export const fitCases: readonly ConformanceCase[] = [...networkSamples, gatedSample].map(
  ({ name: what, network }) => {
    const name = `patterns of ${what}`;
    return {
      name,
      group: 'fit',
      subject: 'fitting patterns',
      run: async (backend, reference) => {
        const actual = await fitPatterns(network, batches(network), { backend });
        return comparePatterns(name, actual, await fittedPatterns(network, reference));
      },
    };
  },
);
