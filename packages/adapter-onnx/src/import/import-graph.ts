import { type Network } from '@patternlens/core';
import { readExplained } from '@patternlens/importing';
import type { ParsedModel } from '../read/parse-model.js';
import { checkNames } from './check-names.js';
import { expandFunctions } from './expand-functions.js';
import type { ImportOptions } from './import-options.js';
import { importValue } from './import-value.js';
import { takenBranches } from './taken-branches.js';
import { valuesBefore } from './needed-nodes.js';

/** Turns a parsed ONNX file into a network: the part that leads to its first output, or to what `output` names.
 * @throws PatternLensError `unsupported-operation` or `invalid-file`, naming operators and nodes, and what else of the file can be explained;
 * `invalid-argument` for an output that is not there. */
export async function importGraph(
  { model, graph, opset }: ParsedModel,
  options: ImportOptions,
): Promise<Network> {
  const expand = expandFunctions(model);
  const all = expand(graph.node);
  checkNames(graph, all);
  const nodes = await takenBranches(graph, all, options.externalFiles);
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
