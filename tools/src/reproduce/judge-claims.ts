import type { ToyMeasurement } from '@patternlens/data';
import { overall, type Evidence, type JudgedClaim } from './claim.js';
import { bestByLargeMargin, orderOfDegradation } from './judge-degradation.js';
import {
  bestInDense,
  comparableInConvolutions,
  filterOnlyInFirstLayer,
  patternsRemoveMore,
  randomRemovesNothing,
} from './judge-rho.js';
import type { NetworkNumbers } from './numbers.js';

const FAR = 3;

/** Weights turn with the distractor away from the signal, patterns do not. */
export function judgeToys(rows: readonly ToyMeasurement[]): Evidence {
  const subject = 'toy models';
  if (rows.length === 0)
    return { subject, verdict: 'not measured', text: 'They were not measured.' };
  const far = rows.filter(({ z }) => z !== null && Math.abs(z) > FAR).length;
  const turned = rows.filter(({ model }) => /distractor at (?!90°)/.test(model));
  const beyond = (row: ToyMeasurement): boolean =>
    Math.abs(row.measured) > 0.01 && Math.abs(row.measured) > FAR * row.standardError;
  const weights = turned.filter(({ quantity }) => quantity === 'w, component 2');
  const patterns = turned.filter(({ quantity }) => quantity === 'a, component 2');
  const turns = weights.length > 0 && weights.every(beyond);
  const stays = patterns.length > 0 && patterns.every((row) => !beyond(row));
  return {
    subject,
    verdict: turns && stays && far === 0 ? 'supported' : turns && stays ? 'mixed' : 'not supported',
    text: `Signal (1, 0): across it, weights have ${weights.map(({ measured }) => measured.toFixed(2)).join(', ')}, patterns ${patterns.map(({ measured, standardError }) => `${measured.toFixed(4)} ± ${standardError.toFixed(4)}`).join(', ')}. ${far} of ${rows.length} numbers lie further than ${FAR} standard errors from their closed forms.`,
  };
}

/** The middle value, and the quartiles. */
function quartiles(values: readonly number[]): readonly [number, number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.25), at(0.5), at(0.75)];
}

/** The relevance of PatternAttribution adds up to what is explained, within a hundredth for nearly all samples. */
export function judgeSums({ title, sums }: NetworkNumbers): Evidence {
  if (sums.length === 0)
    return { subject: title, verdict: 'not measured', text: 'No sample was explained.' };
  const [low, middle, high] = quartiles(sums);
  const near = sums.filter((sum) => Math.abs(sum - 1) < 0.01).length;
  return {
    subject: title,
    verdict:
      near >= 0.95 * sums.length
        ? 'supported'
        : near >= 0.5 * sums.length
          ? 'mixed'
          : 'not supported',
    text: `Sum over explained value: median ${middle.toFixed(3)}, quartiles ${low.toFixed(3)} and ${high.toFixed(3)}, ${sums.length} samples; ${near} within 0.01 of 1.`,
  };
}

function claim(
  id: string,
  statement: string,
  rule: string,
  evidence: readonly Evidence[],
): JudgedClaim {
  return {
    id,
    claim: statement,
    rule,
    evidence,
    verdict: overall(evidence.map(({ verdict }) => verdict)),
  };
}

/** Every claim of the paper that these runs speak about. */
export function judgeClaims(
  networks: readonly NetworkNumbers[],
  toys: readonly ToyMeasurement[],
): readonly JudgedClaim[] {
  return [
    claim(
      'weights-are-not-the-signal',
      'The weights of a linear neuron are not the direction of the signal: they turn with the distractor, the pattern does not.',
      'Supported where, for every turned distractor, w leaves the signal and a stays within 3 standard errors of it, and all numbers of the toy models agree with their closed forms; mixed where some do not agree.',
      [judgeToys(toys)],
    ),
    claim(
      'random-removes-nothing',
      'Random directions (S_r) remove almost no correlation with the output.',
      'Mean rho of a layer on held-out samples below 0.1, in every layer.',
      networks.map(randomRemovesNothing),
    ),
    claim(
      'filter-only-in-first-layer',
      'The weights (S_w) remove some of it in the first layer, and above it do little better than random directions.',
      'First layer: S_w at least 0.1 above S_r, interval above 0. Most of the layers above: within 0.1 of S_r. Mixed where one of both holds.',
      networks.map(filterOnlyInFirstLayer),
    ),
    claim(
      'patterns-remove-more',
      'S_a and S_a+- remove much more than S_w and S_r, everywhere.',
      'The lower end of each of the four paired differences of rho is above 0.1, in every layer.',
      networks.map(patternsRemoveMore),
    ),
    claim(
      'comparable-in-convolutions',
      'In convolution layers S_a and S_a+- are comparable.',
      'Mean difference of rho within 0.05, in all convolutions; one exception is allowed where there are more than three, as in the paper.',
      networks.map(comparableInConvolutions),
    ),
    claim(
      'two-component-best-in-dense',
      'In dense layers S_a+- is the best, and S_a leaves considerable correlation.',
      'Paired difference of rho above 0.02 with its interval above 0, in every dense layer.',
      networks.map(bestInDense),
    ),
    claim(
      'order-of-degradation',
      'Degrading images by attribution: random is worst, then S_a, S_w, S_x, and S_a+- is best.',
      'All four paired differences of AOPC between neighbours in this order have intervals above 0; mixed where some have. S_x is input times gradient, which LRP-0 equals where there are no biases.',
      networks.map(orderOfDegradation),
    ),
    claim(
      'best-by-large-margin',
      'S_a+- (PatternAttribution) degrades images fastest, by a large margin.',
      'S_a+- less the best of S_a, S_w and S_x: interval above 0, and at least a quarter of the lead that the other has over random. Mixed where the margin is smaller.',
      networks.map(bestByLargeMargin),
    ),
    claim(
      'relevance-adds-up',
      'The relevance of PatternAttribution adds up to the explained output.',
      'Sum over explained value within 0.01 of 1, for 95 % of the samples; mixed for half of them. It holds for each linear layer, but not through rectifiers that are shut.',
      networks.map(judgeSums),
    ),
    claim(
      'sharper-pictures',
      'PatternNet and PatternAttribution give clearer pictures than other methods.',
      'A matter of looking: see the grids. It is not judged here.',
      [],
    ),
  ];
}
