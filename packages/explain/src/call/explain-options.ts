import type { MethodChoice, PatternSet, Start, Target } from '@patternlens/core';
import {
  type ArgumentKind,
  type BytesInput,
  expects,
  type OptionKinds,
  PATTERNS,
} from '@patternlens/core/arguments';
import type { MapOptions, PictureRenderer } from '@patternlens/heatmap';
import type { GivenLabels } from './given-settings.js';
import { BYTES, MODEL_IMAGE_KINDS, type ModelImageOptions } from './model-options.js';

/** How images are explained. */
export interface ExplainImagesOptions extends ModelImageOptions {
  /** The id of a method (`'gradient'`), one with parameters (`{ id: 'lrp-epsilon', epsilon: 0.01 }`), or a list of such. Bounds that a method needs and that are not given are
   * those of the preprocessed pixels. */
  readonly method: MethodChoice | readonly MethodChoice[];
  /** Fitted patterns, or their file, for methods that need them. */
  readonly patterns?: PatternSet | BytesInput | undefined;
  /** What is explained: `'top'` unless given, a class by its number or its label, one for each image, `{ channel }`, or `{ layer, channel }`. */
  readonly target?: Target | (string & {}) | undefined;
  /** Class names in order, or a file of them, one a line. Unless given, those beside a model on the disk or among picked files (`MODEL.labels.txt`). */
  readonly labels?: GivenLabels | undefined;
  /** What relevance starts from; as the method says unless given. */
  readonly start?: Start | undefined;
  /** Images computed at once, and inputs that a driver runs at once; 8 unless given. */
  readonly batch?: number | undefined;
  /** False for numbers alone. */
  readonly pictures?: boolean | undefined;
  /** SVG texts too. */
  readonly svg?: boolean | undefined;
  /** How pictures look: colours, overlay, scale. */
  readonly look?: MapOptions | undefined;
  /** False to show the whole input for a neuron of a layer, not its receptive field. */
  readonly crop?: boolean | undefined;
  /** Draws the text of pictures. Unless given, one with the fonts that come with `@patternlens/heatmap`. */
  readonly renderer?: PictureRenderer | undefined;
  /** Called as images are done, parts of one where a driver is under way; `total` is over all methods. */
  readonly onProgress?: ((progress: ImagesProgress) => void) | undefined;
}

/** How far explaining is. */
export interface ImagesProgress {
  readonly method: string;
  readonly done: number;
  readonly total: number;
}

const isMethod = (value: unknown): boolean =>
  typeof value === 'string' ||
  (expects.object.accepts(value) && typeof (value as { id?: unknown }).id === 'string');

const METHOD: ArgumentKind = {
  expected: 'the id of a method, alone or with its parameters, or a list of these',
  accepts: (value) =>
    Array.isArray(value) ? value.length > 0 && value.every(isMethod) : isMethod(value),
  required: true,
  remedy: 'For example method: "gradient", or method: { id: "lrp-epsilon", epsilon: 0.01 }.',
};

/** What each of `ExplainImagesOptions` may be. */
export const EXPLAIN_IMAGES_KINDS: OptionKinds<ExplainImagesOptions> = {
  ...MODEL_IMAGE_KINDS,
  method: METHOD,
  patterns: { ...PATTERNS, accepts: (value) => PATTERNS.accepts(value) || BYTES(value) },
  target: expects.anything,
  labels: {
    expected: 'class names, or a file of them',
    accepts: (value) => Array.isArray(value) || BYTES(value),
  },
  start: expects.oneOf(['one', 'value']),
  batch: expects.whole(1),
  pictures: expects.flag,
  svg: expects.flag,
  look: expects.object,
  crop: expects.flag,
  renderer: expects.having('a renderer', ['draw', 'textWidth', 'family']),
  onProgress: expects.call,
};
