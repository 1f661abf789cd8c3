import { layerImports, PatternLensError, type Network, type Plugin } from '@patternlens/core';
import type { ExternalFiles } from '../read/external-data.js';
import type { ParsedModel } from '../read/parse-model.js';
import { checkNames } from './check-names.js';
import { checkOperators } from './check-operators.js';
import { expandFunctions } from './expand-functions.js';
import { GraphWalk } from './graph-walk.js';
import { ImportContext } from './import-context.js';
import { SUPPORTED_OPERATORS } from './ops/handlers.js';
import { neededNodes, readBy } from './needed-nodes.js';
import { checkShapes, readInput, type InputShapes } from './read-input.js';

export interface ImportOptions {
  /** Sizes of free axes by input name, without the batch: `{ data: [3, 48, 192] }`. */
  readonly shapes?: InputShapes | undefined;
  readonly externalFiles?: ExternalFiles | undefined;
  /** What others bring: their layers stand for operators that are not supported. */
  readonly plugins?: readonly Plugin[] | undefined;
}

function invalid(message: string): never {
  throw new PatternLensError('adapter-onnx', 'invalid-file', message, { about: 'model' });
}

/** Turns a parsed ONNX file into a network: the part that its first output depends on.
 * @throws PatternLensError `unsupported-operation` or `invalid-file`, naming operators and nodes. */
export async function importGraph(
  { model, graph, opset }: ParsedModel,
  options: ImportOptions,
): Promise<Network> {
  const [explained, ...others] = graph.output.map(({ name }) => name) as [string, ...string[]];
  const expand = expandFunctions(model);
  const all = expand(graph.node);
  checkNames(graph, all);
  const nodes = neededNodes(all, [explained]);
  const layers = layerImports('onnx', SUPPORTED_OPERATORS, options.plugins);
  checkOperators(nodes, layers);
  const stored = new Set(graph.initializer.map(({ name }) => name));
  const ports = graph.input.filter(({ name }) => !stored.has(name));
  checkShapes(
    ports.map(({ name }) => name),
    options.shapes,
  );
  const inputs = ports.map((port) => readInput(port, options.shapes));
  if (inputs.length === 0)
    invalid('all its inputs are constants. Export it with the input that is to be explained.');
  const context = new ImportContext(
    inputs.map(({ name, shape }) => ({ name, shape })),
    inputs.some(({ batchWasFixed }) => batchWasFixed),
  );
  const walk = new GraphWalk(context, { opset, files: options.externalFiles, expand, layers });
  await walk.initializers(graph, new Set([explained, ...nodes.flatMap(readBy)]));
  await walk.nodes(nodes);
  const output = context.values.get(explained) ?? walk.missing(explained, 'the model');
  if (output.kind !== 'runtime')
    return invalid(
      `its output "${explained}" is a constant, which depends on no input. Export the model with another output first.`,
    );
  for (const other of others)
    context.changes.push(`output "${other}" left out: the first output is explained`);
  return context.build([output.name]);
}
