import { plainFileName, sampleNumber } from '@patternlens/data';
import type { OpenedSource } from '@patternlens/explain/node';

/** Names of one method's files: `SOURCE.METHOD` with the picture's number and, for one of several inputs, the input's name. */
export interface MethodFiles {
  readonly array: (source: OpenedSource, input: string) => string;
  readonly picture: (source: OpenedSource, input: string, index: number) => string;
}

/** @param word What stands for the method.
 * @param inputs Names of the network's inputs. */
export function methodFiles(
  word: string,
  stems: ReadonlyMap<OpenedSource, string>,
  inputs: readonly string[],
): MethodFiles {
  const behind = (input: string, ending: string): string =>
    `${word}${inputs.length === 1 ? '' : `.${plainFileName(input)}`}.${ending}`;
  return {
    array: (source, input) => `${stems.get(source)!}.${behind(input, 'npy')}`,
    picture: (source, input, index) =>
      `${stems.get(source)!}${source.holdsSeveral ? `.${sampleNumber(index)}` : ''}.${behind(input, 'png')}`,
  };
}
