import { type Network, type Plugin } from '@patternlens/core';
import { layerImports } from '@patternlens/core/network';
import {
  boundInputs,
  checkShapes,
  readModelInParts,
  type InputShapes,
} from '@patternlens/importing';
import type { ExternalFiles } from '../read/external-data.js';
import type { ParsedModel } from '../read/parse-model.js';
import { checkNames } from './check-names.js';
import { checkOperators } from './check-operators.js';
import { expandFunctions } from './expand-functions.js';
import { GraphWalk } from './graph-walk.js';
import { neededNodes } from './needed-nodes.js';
import { SUPPORTED_OPERATORS } from './ops/operators.js';
import { readInput } from './read-input.js';
import { invalidModel, voice } from './voice.js';

export interface ImportOptions {
  /** Sizes of free axes by input name, without the batch: `{ data: [3, 48, 192] }`. */
  readonly shapes?: InputShapes | undefined;
  readonly externalFiles?: ExternalFiles | undefined;
  /** What others bring: their layers stand for operators that are not supported. */
  readonly plugins?: readonly Plugin[] | undefined;
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
  const names = ports.map(({ name }) => name);
  checkShapes(voice, names, options.shapes);
  const inputs = boundInputs(voice, ports.map(readInput), options.shapes);
  if (inputs.length === 0)
    invalidModel('all its inputs are constants. Export it with the input that is to be explained.');
  const parts = { format: 'onnx', voice, inputs, namesValues: true };
  return readModelInParts(parts, async (context) => {
    const walk = new GraphWalk(context, { opset, files: options.externalFiles, expand, layers });
    await walk.graph(graph, nodes, [explained]);
    const output = walk.value(explained, 'the model');
    if (output.kind !== 'runtime')
      return invalidModel(
        `its output "${explained}" is a constant, which depends on no input. Export the model with another output first.`,
      );
    for (const other of others)
      context.changes.push(`output "${other}" left out: the first output is explained`);
    return context.build(output, explained);
  });
}
