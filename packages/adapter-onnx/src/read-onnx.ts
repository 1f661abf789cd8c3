import type { Network } from '@patternlens/core';
import {
  type BytesInput,
  checkOptions,
  expects,
  isPlace,
  type OptionKinds,
  placeBeside,
  readBytes,
} from '@patternlens/core/arguments';
import { importGraph } from './import/import-graph.js';
import type { ImportOptions } from './import/import-options.js';
import type { ExternalFiles } from './read/external-data.js';
import { parseModel } from './read/parse-model.js';

export type ReadOnnxOptions = ImportOptions;

const KINDS: OptionKinds<ReadOnnxOptions> = {
  output: expects.text,
  shapes: expects.object,
  externalFiles: {
    expected: 'bytes by path, or a function of a path',
    accepts: (value) => expects.object.accepts(value) || expects.call.accepts(value),
  },
  plugins: expects.list,
};

/** Files beside a model that was named by its path or address. */
const filesBeside =
  (place: Parameters<typeof placeBeside>[0]): ExternalFiles =>
  async (path) => {
    const bytes = await readBytes('adapter-onnx', 'readOnnx', placeBeside(place, path));
    return {
      size: bytes.length,
      read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    };
  };

/** Reads an ONNX file (operators of versions 6 to 28) as a network whose batch is free. What the file claims is checked before it is believed.
 * @param file The file: its bytes, a `Response` or `Blob` that holds them, or its path (in Node) or address. Of a path or address, weights that lie beside the model are
 * found too, where `externalFiles` says nothing else.
 * @throws PatternLensError `invalid-file` where it is not ONNX or damaged; `unsupported-operation` naming every operator that is not
 * supported; `invalid-shape` where an axis is free and not bound. */
export async function readOnnx(file: BytesInput, options: ReadOnnxOptions = {}): Promise<Network> {
  checkOptions('adapter-onnx', 'readOnnx', options, KINDS);
  const given = await file;
  const model = parseModel(await readBytes('adapter-onnx', 'readOnnx', given));
  const { externalFiles = isPlace(given) ? filesBeside(given) : undefined } = options;
  return importGraph(model, { ...options, externalFiles });
}
