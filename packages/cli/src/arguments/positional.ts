import { MODEL_KINDS } from '../models/model-names.js';

/** What stands behind a command's name, as its help shows it. */
export interface Positional<Syntax extends string = string> {
  /** `<MODEL>`; in square brackets where it may be left out, with dots where there may be several. */
  readonly syntax: Syntax;
  readonly description: string;
}

/** What was typed in their places: one text, or several. */
export type Given<Takes extends readonly Positional[]> = {
  [At in keyof Takes]: Takes[At] extends Positional<`${string}...${string}`>
    ? readonly string[]
    : string;
};

const SAMPLES = 'folders of images, image files, arrays (.npy, IDX, CIFAR), or generated[:seed=7]';

export const MODEL = { syntax: '<MODEL>', description: MODEL_KINDS } as const;
export const SOURCES = { syntax: '<SOURCE...>', description: SAMPLES } as const;
/** Sources that `--input` may name instead. */
export const MAYBE_SOURCES = { syntax: '[SOURCE...]', description: SAMPLES } as const;
export const SHELL = { syntax: '<SHELL>', description: 'bash, zsh or fish' } as const;
export const PATTERN_FILES = {
  syntax: '<FILE...>',
  description: 'pattern files of one network',
} as const;
