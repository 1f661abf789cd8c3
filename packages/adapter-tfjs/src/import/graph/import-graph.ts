import { type Network } from '@patternlens/core';
import { layerImports } from '@patternlens/core/network';
import { BATCH } from '@patternlens/core/tensor';
import {
  boundInputs,
  checkKnown,
  checkShapes,
  fail,
  type FilePorts,
  readExplained,
  readModel,
  type StatedInput,
} from '@patternlens/importing';
import { fieldOf, isObject } from '../../read/json-object.js';
import type { ParsedModel } from '../../read/parse-model.js';
import type { Weights } from '../../read/read-weights.js';
import { invalidFile } from '../../read/tfjs-error.js';
import type { ReadTfjsOptions } from '../read-options.js';
import { voice } from '../voice.js';
import { neededNodes, nodeOf, parseNodes, reachedFrom, type GraphNode } from './graph-nodes.js';
import { GraphWalk } from './graph-walk.js';
import { namedValue, unknownValue } from './named-value.js';
import { TfjsNode } from './node-view.js';
import { SUPPORTED_OPERATIONS } from './operations.js';
import { takenSides } from './taken-sides.js';
import { graphPorts, protoShape, type GraphPorts } from './signature.js';

const WHOLE: readonly string[] = ['DT_INT32', 'DT_UINT8'];

const typeOf = (node: GraphNode): string => new TfjsNode(node, []).type('dtype');

/** Whether all that reads an input makes floats of its whole numbers first: an image of bytes. */
const isCastFirst = (input: GraphNode, needed: readonly GraphNode[]): boolean =>
  WHOLE.includes(typeOf(input)) &&
  needed
    .filter(({ inputs }) => inputs.some((name) => nodeOf(name) === input.name))
    .every((node) => node.op === 'Cast' && new TfjsNode(node, []).type('DstT') === 'DT_FLOAT');

function readInput(
  { node, shape }: GraphPorts['inputs'][number],
  needed: readonly GraphNode[],
): StatedInput {
  const type = typeOf(node);
  if (type !== 'DT_FLOAT' && !isCastFirst(node, needed))
    fail(
      voice,
      'unsupported-operation',
      `input "${node.name}": its elements are of ${type}. Only inputs of floats can be explained.`,
      { layer: node.name },
    );
  const attribute = fieldOf(node.attributes, 'shape');
  const stated = isObject(attribute) ? fieldOf(attribute, 'shape') : undefined;
  const sizes = protoShape(stated) ?? protoShape(shape);
  return sizes
    ? { name: node.name, sizes, text: sizes.map((size) => String(size ?? '?')) }
    : invalidFile(
        `input "${node.name}": the file does not say how many axes it has. Convert the model with the shapes of its inputs.`,
      );
}

/** The outputs of a graph, a free size at axis 0 being the batch, another a question mark. */
const filePorts = ({ inputs, outputs }: GraphPorts): FilePorts => ({
  inputs: inputs.map(({ node }) => node.name),
  outputs: outputs.map(({ name, shape }) => ({
    name,
    shape: protoShape(shape)?.map((size, axis) => size ?? (axis === 0 ? BATCH : '?')),
  })),
});

/** Turns the graph of a graph model into a network: the part that leads to its first output, or to what `output` names.
 * @throws PatternLensError `unsupported-operation` or `invalid-file`, naming operations and nodes, and what else of the file can be explained;
 * `invalid-argument` for an output that is not there. */
export async function importGraph(
  { topology, signature }: Pick<ParsedModel, 'topology' | 'signature'>,
  weights: Weights,
  options: ReadTfjsOptions,
): Promise<Network> {
  const all = parseNodes(topology);
  const ports = graphPorts(all, signature);
  const nodes = takenSides(all, weights);
  const outputs = ports.outputs.map(({ name }) => name);
  const inside = (): string[] => {
    const ends = outputs.flatMap((name) => nodes.get(nodeOf(name)) ?? []);
    const found = new Set(ends.flatMap((end) => reachedFrom(nodes, end)));
    return [...found]
      .filter((node) => !ends.includes(node) && node.op !== 'Const')
      .map(({ name }) => name);
  };
  const read = (name: string): Network => importValue({ nodes, ports, weights }, name, options);
  return readExplained({ outputs, inside, read }, options.output);
}

interface ReadGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly ports: GraphPorts;
  readonly weights: Weights;
}

/** Turns what leads to one value of a graph into a network; nothing else of the file is read. */
function importValue(
  { nodes, ports, weights }: ReadGraph,
  name: string,
  { shapes, plugins }: ReadTfjsOptions,
): Network {
  const { tensor, layer } = namedValue(nodes, ports, name);
  const needed = neededNodes(nodes, tensor);
  const layers = layerImports('tfjs', Object.values(SUPPORTED_OPERATIONS).flat(), plugins);
  const named = needed.map((node) => [node.op, node.name] as const);
  checkKnown(voice, 'operation', named, SUPPORTED_OPERATIONS, layers);
  const file = filePorts(ports);
  checkShapes(voice, file.inputs, shapes);
  const names = new Set(needed.map((node) => node.name));
  const read = ports.inputs.filter(({ node }) => names.has(node.name));
  const stated = read.map((port) => readInput(port, needed));
  const inputs = boundInputs(voice, stated, shapes);
  const parts = { format: 'tfjs-graph', voice, inputs, namesValues: false };
  return readModel(parts, (context) => {
    for (const { node } of read)
      if (typeOf(node) !== 'DT_FLOAT')
        context.changes.push(
          `input "${node.name}" of ${typeOf(node)}: explained at the floats that its numbers are`,
        );
    const walk = new GraphWalk(context, weights, layers);
    for (const node of needed) walk.import(node);
    const inner = layer === undefined ? undefined : context.valueOf(layer);
    if (layer !== undefined && inner === undefined)
      unknownValue(nodes, ports, name, context.layerNames());
    const value = inner ?? walk.values.get(tensor);
    if (value?.kind !== 'runtime')
      return invalidFile(
        `its output "${tensor}" depends on no input. Explain another with --output NAME (output in code), or convert the model with another output first.`,
      );
    return context.build(value, layer ?? tensor, file);
  });
}
