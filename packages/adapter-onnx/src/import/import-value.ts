import { type Network } from '@patternlens/core';
import { layerImports } from '@patternlens/core/network';
import { boundInputs, checkShapes, readModelInParts } from '@patternlens/importing';
import type { GraphProto, NodeProto } from 'onnx-buf';
import { checkOperators } from './check-operators.js';
import { checkOutputType } from './check-output-type.js';
import { elementTypeOf } from './element-types.js';
import { filePorts } from './file-ports.js';
import { GraphWalk } from './graph-walk.js';
import type { ImportOptions } from './import-options.js';
import { namedValue, unknownValue } from './named-value.js';
import { neededNodes, readBy } from './needed-nodes.js';
import { readInput, typeChanges, wholeInputs } from './read-input.js';
import { SUPPORTED_OPERATORS } from './supported-operators.js';
import { invalidModel, voice } from './voice.js';

/** A graph of a file, its functions expanded. */
export interface ReadGraph {
  readonly graph: GraphProto;
  readonly nodes: readonly NodeProto[];
  readonly opset: number;
  readonly expand: (nodes: readonly NodeProto[]) => NodeProto[];
}

/** Turns what leads to one value of a graph into a network; nothing else of the file is read. */
export async function importValue(
  { graph, nodes: all, opset, expand }: ReadGraph,
  name: string,
  { shapes, externalFiles, plugins }: ImportOptions,
): Promise<Network> {
  const named = namedValue(graph, all, name);
  checkOutputType(graph, all, named.tensor);
  const nodes = neededNodes(all, [named.tensor]);
  const layers = layerImports('onnx', Object.values(SUPPORTED_OPERATORS).flat(), plugins);
  checkOperators(nodes, layers);
  const stored = new Set(graph.initializer.map((tensor) => tensor.name));
  const ports = graph.input.filter((port) => !stored.has(port.name));
  if (ports.length === 0)
    invalidModel('all its inputs are constants. Export it with the input that is to be explained.');
  const file = filePorts(graph, ports);
  checkShapes(voice, file.inputs, shapes);
  const read = new Set([named.tensor, ...nodes.flatMap(readBy)]);
  const needed = ports.filter((port) => read.has(port.name));
  const stated = needed.map(readInput);
  const inputs = boundInputs(voice, stated, shapes);
  const whole = wholeInputs(needed);
  const parts = { format: 'onnx', voice, inputs, namesValues: true };
  return readModelInParts(parts, async (context) => {
    context.changes.push(...typeChanges(needed));
    const elementTypes = new Map(ports.map((port) => [port.name, elementTypeOf(port)]));
    const from = { opset, files: externalFiles, expand, layers, whole, elementTypes };
    const walk = new GraphWalk(context, from);
    await walk.graph(graph, nodes, [named.tensor]);
    const value =
      named.layer === undefined
        ? walk.value(named.tensor, 'the model')
        : context.valueOf(named.layer);
    if (value === undefined) return unknownValue(graph, all, name, context.layerNames());
    if (value.kind !== 'runtime')
      return invalidModel(
        `its output "${name}" is a constant, which depends on no input. Explain another with --output NAME (output in code), or export the model with another output first.`,
      );
    return context.build(value, name, file);
  });
}
