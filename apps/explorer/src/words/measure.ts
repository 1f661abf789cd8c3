import { counted, countText } from '@patternlens/page';
import { spanText } from './fit.js';

/** Names with their numbers, as in a sentence: `Gradient (0.31) and LRP (0.42)`. */
export function listText(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}

/** Sentences of the Measure view. */
export const MEASURE_WORDS = {
  working: { degradation: 'Measuring degradation', cascade: 'Randomising the layers' },
  degradation:
    'Patches of each sample are replaced by their mean, those of most relevance first. The faster the score of the predicted class falls, the more the map says where that class is.',
  cascade:
    'The weights of the layers are drawn anew, from the top down, one layer more each time. A map that stays as it was does not depend on what those layers have learned.',
  samples: (source: string, first: string): string => `of ${source}, from ${first} on`,
  work: (passes: number): string => `${countText(passes)} forward passes`,
  manyRuns: (name: string): string => `${name}: it takes many runs for each sample`,
  methods: (names: readonly string[]): string => `Methods ticked in Explain: ${names.join(', ')}.`,
  leftOut: 'Left out:',
  noMethod: 'None of the ticked methods can explain this model. Tick another in the view Explain.',
  noSample: 'No samples fit this model yet. Drop photos, or an array of its input’s shape.',
  refit: (samples: number): string =>
    `fit patterns again on ${counted(samples, 'sample')} for each network`,
  maps: (name: string): string => `Maps of ${name}`,
  curves: 'Curves',
  drawnAnew: (layer: string): string => `With ${layer} drawn anew`,
  progress: (what: string, done: number, total: number, left: number | undefined): string =>
    total === 0
      ? 'Getting ready'
      : `${what}: ${countText(done)} of ${countText(total)}${left === undefined ? '' : `, ${spanText(left)} left`}`,
  cancelled: (done: number, total: number): string =>
    total === 0 ? 'Cancelled.' : `Cancelled after ${countText(done)} of ${countText(total)}.`,
  measuredOn: (samples: number, patterns: string, backend: string, seconds: number): string =>
    `${counted(samples, 'sample')} on ${backend} in ${spanText(seconds)}, ${patterns}.`,
  patterns: (source: string | undefined, samples: number | undefined): string =>
    source === undefined
      ? 'without patterns'
      : `with patterns of ${counted(samples ?? 0, 'sample')} (${source})`,
  best: (name: string, aopc: string, random: string): string =>
    `The curve of ${name} falls fastest: its AOPC is ${aopc}, that of a random order ${random}.`,
  likeBest: (names: readonly string[]): string =>
    `These samples do not tell it apart from ${listText(names)}.`,
  notBest: 'By these samples no method’s curve falls faster than that of a random order.',
  likeRandom: (names: readonly string[]): string =>
    `These samples do not tell ${listText(names)} apart from a random order.`,
  scores:
    'AOPC: mean drop of the score over all steps; higher is better. Small: 95 % interval over samples.',
  chartKey: (name: string): string =>
    `Thin line with the dot: ${name} alone. Bands: 95 % over samples, of the chosen method and of random orders.`,
  chart: (name: string, step: number): string =>
    `Mean score while patches are removed, for each method, and the curve of ${name}; ${counted(step, 'patch', 'patches')} removed now. The numbers stand in the table Degradation`,
  removed: 'Patches removed, most relevant first',
  isBaseline: 'what the others are held against',
  image: (name: string, step: number): string =>
    `${name} with ${counted(step, 'patch', 'patches')} removed`,
  changed: 'changed',
  kept: 'patterns kept',
  refitted: 'patterns refitted',
  similarity: (samples: number, refitted: number | undefined): string =>
    `Rank correlation of magnitudes with the map of the trained network, mean of ${counted(samples, 'sample')}: 1 is the same map, 0 none of it. Small: 95 % interval.${
      refitted === undefined
        ? ''
        : ` Refitted: patterns of each network, on ${counted(refitted, 'sample')}.`
    }`,
  strip: (name: string, target: string): string =>
    `Maps of ${name} for ${target} in each network, patterns kept.`,
  top: (layer: string, said: readonly string[]): string =>
    `With ${layer} alone drawn anew, ${said.join('; ')}.`,
  all: (said: string): string => `With all layers drawn anew, ${said} is most like what it was.`,
  blind: (layer: string, names: readonly string[]): string =>
    `So ${listText(names)} ${names.length === 1 ? 'says' : 'say'} little about what ${layer} has learned: what it weighs hardly shows in the map.`,
} as const;
