import { type Network, type Plugin } from '@patternlens/core';
import { type InputShapes, readExplained } from '@patternlens/importing';
import type { ExternalFiles } from '../read/external-data.js';
import type { ParsedModel } from '../read/parse-model.js';
import { checkNames } from './check-names.js';
import { expandFunctions } from './expand-functions.js';
import { importValue } from './import-value.js';
import { valuesBefore } from './needed-nodes.js';

export interface ImportOptions {
  /** What is explained instead of the first output: another output of the file, or a value inside, by the name of its tensor or of its layer. */
  readonly output?: string | undefined;
  /** Sizes of free axes by input name, without the batch: `{ data: [3, 48, 192] }`. */
  readonly shapes?: InputShapes | undefined;
  readonly externalFiles?: ExternalFiles | undefined;
  /** What others bring: their layers stand for operators that are not supported. */
  readonly plugins?: readonly Plugin[] | undefined;
}

/** Turns a parsed ONNX file into a network: the part that leads to its first output, or to what `output` names.
 * @throws PatternLensError `unsupported-operation` or `invalid-file`, naming operators and nodes, and what else of the file can be explained;
 * `invalid-argument` for an output that is not there. */
export async function importGraph(
  { model, graph, opset }: ParsedModel,
  options: ImportOptions,
): Promise<Network> {
  const expand = expandFunctions(model);
  const nodes = expand(graph.node);
  checkNames(graph, nodes);
  const outputs = graph.output.map(({ name }) => name);
  return readExplained(
    {
      outputs,
      inside: () => valuesBefore(nodes, outputs),
      read: (name) => importValue({ graph, nodes, opset, expand }, name, options),
    },
    options.output,
  );
}
