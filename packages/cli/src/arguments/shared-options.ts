import { PREPROCESSING_PRESET_IDS } from '@patternlens/data';
import { BACKENDS_HELP, parseBackend } from '../backends/backend-names.js';
import { optional, repeated, required, withDefault, flag, type Values } from './option.js';
import { count, parseInputs, parseShapes } from './parse-numbers.js';
import { parseStart } from './parse-start.js';

/** Options that more than one command has. Each stands here once: its help, how it is read, and by that its type. */

export const PLUGIN_OPTIONS = {
  plugin: repeated(
    '--plugin <NAME>',
    'a plug-in with methods, rules, estimators or layers: a package, or a path (./plugin.js); more than one may be given',
    (names) => names,
  ),
};

/** Of every command that reads a model. */
export const MODEL_OPTIONS = {
  shape: repeated(
    '--shape <INPUT=SIZES>',
    'bind free axes of an input: data=3,48,192; N where the batch is not first: h=2,N,64',
    parseShapes,
  ),
  output: optional(
    '--output <NAME>',
    'explain this output, or this value inside, by the name of its tensor or layer (default: the first output)',
  ),
  ...PLUGIN_OPTIONS,
};

/** Of every command that reads a model and samples. */
export const SOURCE_OPTIONS = {
  ...MODEL_OPTIONS,
  preprocess: optional(
    '--preprocess <NAME>',
    `how pixels become inputs: ${PREPROCESSING_PRESET_IDS.join(', ')}, or a JSON file (default: MODEL.preprocess.json, where it is there, else pixels 0..255 as they are)`,
  ),
  input: repeated('--input <NAME=SOURCE>', 'the source of one of several inputs', parseInputs),
};

export type PluginValues = Values<typeof PLUGIN_OPTIONS>;
export type SourceValues = Values<typeof SOURCE_OPTIONS>;

/** What a model is opened with: some commands that read one have no samples, some no class names. */
export type ModelValues = Values<typeof MODEL_OPTIONS> &
  Partial<Omit<SourceValues, keyof typeof MODEL_OPTIONS>> & {
    readonly labels?: string | undefined;
    readonly keepOutput?: boolean | undefined;
  };

export const METHODS = required(
  '--method <ID,...>',
  'methods, with parameters behind a colon: gradient,lrp-epsilon:epsilon=0.01; or all',
);

export const PATTERNS = optional(
  '--patterns <FILE>',
  'patterns, for pattern-net and pattern-attribution',
);

export const BACKEND = optional('--backend <ID>', `what computes: ${BACKENDS_HELP}`, parseBackend);

export const LABELS = optional(
  '--labels <FILE>',
  'class names, one a line (default: MODEL.labels.txt, where it is there)',
);

export const START = optional(
  '--start <START>',
  'what relevance starts from: one or value (default: as the method says)',
  parseStart,
);

export const KEEP_OUTPUT = flag(
  '--keep-output',
  'explain the output behind its final softmax or sigmoid',
);

export const RESULTS = required('--out <DIR>', 'the folder for the results');

export const PICTURES = flag('--no-pictures', 'numbers only');

export const LIMIT = optional('--limit <N>', 'samples in all', count());

/** How many of something are computed at once. */
export const batch = (what: string) => withDefault('--batch <N>', what, '8', count());
