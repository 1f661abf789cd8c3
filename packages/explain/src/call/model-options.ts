import type { Backend, CancelSignal, Network, Plugin } from '@patternlens/core';
import { BACKEND, type BytesInput, expects, type OptionKinds } from '@patternlens/core/arguments';
import type { ImageDecoder, Preprocessing, PreprocessingPresetId } from '@patternlens/data';
import type { BackendId } from '../backends/backend-ids.js';
import type { InputShapes } from '../models/model-readers.js';
import { type ImageFiles, isBytes, type ModelFiles } from './given-files.js';

/** A model: its file (a path or an address, its bytes, a `Response`, a `Blob` or a `File`), all of its files, or a network that was read already. ONNX files and models of
 * TensorFlow.js are read, each with what lies beside it. */
export type GivenModel = Network | BytesInput | ModelFiles;

/** Images of a network of one input, or by the names of its inputs. */
export type GivenImages = ImageFiles | Readonly<Record<string, ImageFiles>>;

/** How pixels become inputs: a preset, a JSON file, or what would stand in it. */
export type GivenPreprocessing =
  // eslint-disable-next-line @typescript-eslint/no-redundant-type-constituents -- editors offer the presets
  PreprocessingPresetId | BytesInput | Preprocessing;

/** How a model and images are opened, and what computes. */
export interface ModelImageOptions {
  /** How pixels become inputs; it is never guessed. Unless given, that of the file beside a model on the disk or among picked files (`MODEL.preprocess.json`), else pixels
   * of 0 to 255 as they are. */
  readonly preprocess?: GivenPreprocessing | undefined;
  /** What computes: a backend, which stays the caller's, or the name of one, `onnx:wasm`. Unless given, one on the first runtime that is installed. */
  readonly backend?: Backend | BackendId | undefined;
  /** Decodes images. Unless given, sharp in Node and the browser's own decoder in a page. */
  readonly decoder?: ImageDecoder | undefined;
  /** What is explained instead of the first output, by the name of its tensor or layer. */
  readonly output?: string | undefined;
  /** Explain the output behind its final softmax or sigmoid. */
  readonly keepOutput?: boolean | undefined;
  /** Sizes of free axes by input name; unless given, those of array files. */
  readonly shapes?: InputShapes | undefined;
  readonly plugins?: readonly Plugin[] | undefined;
  /** Images in all; every one unless given. */
  readonly limit?: number | undefined;
  readonly signal?: CancelSignal | undefined;
}

/** Bytes, a place, or a promise of one. */
export const BYTES = (value: unknown): boolean =>
  isBytes(value) || typeof (Object(value) as { then?: unknown }).then === 'function';

/** What each of `ModelImageOptions` may be. */
export const MODEL_IMAGE_KINDS: OptionKinds<ModelImageOptions> = {
  preprocess: {
    expected: 'a preset, a file, or an object such as { "resize": 256 }',
    accepts: (value) => BYTES(value) || expects.object.accepts(value),
  },
  backend: {
    expected: 'a backend, or the name of one',
    accepts: (value) => expects.text.accepts(value) || BACKEND.accepts(value),
  },
  decoder: expects.having('a decoder of images', ['decode'], 'Make one: sharpDecoder(sharp).'),
  output: expects.text,
  keepOutput: expects.flag,
  shapes: expects.object,
  plugins: expects.list,
  limit: expects.limit,
  signal: expects.signal,
};
