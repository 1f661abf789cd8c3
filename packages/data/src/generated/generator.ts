import { argumentError } from '../errors/data-error.js';
import { INDEX_LIMIT } from './sample-stream.js';

/** What the generated data is: images of four glyphs over a distractor that hides them. A change that changes any number
 * gets a new version, so that (version, seed, index) names a sample for good. */
export const GENERATOR = {
  name: 'generated',
  version: 1,
  /** [channels, height, width]. */
  shape: [3, 16, 16],
  /** Names of the glyphs, by label. */
  classes: ['plus', 'bracket', 'cross', 'boot'],
  /** Which samples of one seed are for what. */
  splits: {
    train: { first: 0, count: 8000 },
    validation: { first: 8000, count: 2000 },
  },
} as const;

/** What the generated data may be asked for; scales of 0 are the controls. */
export interface GeneratorOptions {
  /** A whole number below 2^32; 7 where not given. */
  readonly seed?: number;
  /** Factor of the signal: 1 where not given. With 0, no classifier does better than chance. */
  readonly signal?: number;
  /** Factor of the distractor: 0.8 where not given. With 0, nothing has to be suppressed. */
  readonly distractor?: number;
  /** Standard deviation of the white noise: 0.3 where not given. */
  readonly noise?: number;
  /** The signs of the distractor's fields follow the class: the distractor becomes signal, and the mask says so. */
  readonly labelLeak?: boolean;
}

/** Scales beyond this could leave the grid on which sums are exact. */
const LARGEST_SCALE = 4;

/** The options with defaults, checked.
 * @throws PatternLensError `invalid-argument`. */
export function resolveGenerator(options: GeneratorOptions): Required<GeneratorOptions> {
  const { seed = 7, signal = 1, distractor = 0.8, noise = 0.3, labelLeak = false } = options;
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw argumentError('generated data', 'a seed of 0 to 2^32 - 1', String(seed));
  for (const [name, scale] of Object.entries({ signal, distractor, noise })) {
    if (!(scale >= 0 && scale <= LARGEST_SCALE))
      throw argumentError(
        'generated data',
        `${name} between 0 and ${LARGEST_SCALE}`,
        String(scale),
      );
  }
  return { seed, signal, distractor, noise, labelLeak };
}

/** Checks that samples `first` to `first + count` have numbers of their own.
 * @throws PatternLensError `invalid-argument`. */
export function checkIndices(first: number, count: number): void {
  const whole = Number.isInteger(first) && Number.isInteger(count);
  if (whole && first >= 0 && count >= 1 && first + count <= INDEX_LIMIT) return;
  throw argumentError(
    'generated data',
    `samples between 0 and ${INDEX_LIMIT}`,
    `${count} from ${first} on`,
  );
}
