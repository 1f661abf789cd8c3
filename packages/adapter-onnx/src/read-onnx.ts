import type { Network } from '@patternlens/core';
import { importGraph } from './import/import-graph.js';
import type { ImportOptions } from './import/import-options.js';
import { parseModel } from './read/parse-model.js';

export type ReadOnnxOptions = ImportOptions;

/** Reads an ONNX file (operators of versions 6 to 28) as a network whose batch is free. What the file claims is checked before it is believed.
 * @param bytes The file.
 * @throws PatternLensError `invalid-file` where it is not ONNX or damaged; `unsupported-operation` naming every operator that is not
 * supported; `invalid-shape` where an axis is free and not bound. */
export async function readOnnx(bytes: Uint8Array, options: ReadOnnxOptions = {}): Promise<Network> {
  return importGraph(parseModel(bytes), options);
}
