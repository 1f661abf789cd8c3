import { plainFileName, sampleNumber } from '@patternlens/data';
import type { SamplePlace } from '../state/samples.js';

type Place = Pick<SamplePlace, 'index'> & {
  readonly set: Pick<SamplePlace['set'], 'stem' | 'single'>;
};

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('.');

/** A picture, as the command names it: `cat.gradient.png`, `generated.00003.gradient.png`; with the input's name where there are several. */
export const pictureName = (
  { set, index }: Place,
  word: string,
  ending: 'png' | 'svg',
  input?: string,
): string =>
  joined(
    plainFileName(set.stem),
    set.single ? undefined : sampleNumber(index),
    word,
    input === undefined ? undefined : plainFileName(input),
    ending,
  );

/** A sample's relevance: `generated.00003.gradient.npy`. */
export const arrayName = ({ set, index }: Place, word: string, input?: string): string =>
  joined(
    plainFileName(set.stem),
    sampleNumber(index),
    word,
    input === undefined ? undefined : plainFileName(input),
    'npy',
  );

/** A sample's numbers: `generated.00003.json`. */
export const numbersName = ({ set, index }: Place): string =>
  joined(plainFileName(set.stem), sampleNumber(index), 'json');

/** `default.gradient.onnx` */
export const explainerName = (model: string, word: string): string =>
  joined(plainFileName(model), word, 'onnx');

/** `default.patterns.safetensors` */
export const patternsName = (model: string): string =>
  joined(plainFileName(model), 'patterns', 'safetensors');
