import { readOnnx } from '@patternlens/adapter-onnx';
import { readTfjsModel } from '@patternlens/adapter-tfjs';
import type { Network } from '@patternlens/core';
import { bytesOf, type GivenFile } from './given-file.js';

export type ModelFormat = 'onnx' | 'tfjs';

/** A model as files, which can be sent to another thread. */
export interface ModelFiles {
  readonly format: ModelFormat;
  /** The `.onnx` file, or `model.json`. */
  readonly main: Uint8Array;
  /** Weights that lie beside it, by the path that the model has for them. */
  readonly beside: Readonly<Record<string, Uint8Array>>;
}

type Shapes = Readonly<Record<string, readonly number[]>>;

/** Reads a file beside a model by its path; undefined where there is none. */
type Beside = (path: string) => Promise<Uint8Array | undefined>;

function readWith(
  format: ModelFormat,
  main: Uint8Array,
  beside: Beside,
  shapes: Shapes,
): Promise<Network> {
  if (format === 'tfjs') return readTfjsModel({ json: main, shards: beside }, { shapes });
  return readOnnx(main, {
    shapes,
    externalFiles: async (path) => {
      const bytes = await beside(path);
      return (
        bytes && {
          size: bytes.length,
          read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
        }
      );
    },
  });
}

/** Reads a model.
 * @param shapes Sizes of free axes by input name, without the batch.
 * @throws PatternLensError what the model's reader says. */
export const readModelFiles = (
  { format, main, beside }: ModelFiles,
  shapes: Shapes = {},
): Promise<Network> =>
  readWith(
    format,
    main,
    (path) => Promise.resolve(Object.hasOwn(beside, path) ? beside[path] : undefined),
    shapes,
  );

/** What was read of a model, and which files beside it belong to it. */
export interface CollectedModel {
  readonly files: ModelFiles;
  readonly network: Network;
  /** Those that the model did not ask for. */
  readonly left: readonly GivenFile[];
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Reads a model with the files beside it that it names. Files have lost their folders when they are chosen, so that only names count.
 * @throws PatternLensError what the model's reader says, such as which file is missing. */
export async function collectModel(
  format: ModelFormat,
  file: GivenFile,
  others: readonly GivenFile[],
): Promise<CollectedModel> {
  const beside: Record<string, Uint8Array> = {};
  const used = new Set<GivenFile>();
  const main = await bytesOf(file);
  const network = await readWith(
    format,
    main,
    async (path) => {
      const found = others.find(({ name }) => name === baseName(path));
      if (!found) return undefined;
      used.add(found);
      return (beside[path] ??= await bytesOf(found));
    },
    {},
  );
  return {
    files: { format, main, beside },
    network,
    left: others.filter((other) => !used.has(other)),
  };
}
