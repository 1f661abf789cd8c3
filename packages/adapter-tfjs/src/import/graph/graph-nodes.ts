import { orderNodes } from '@patternlens/importing';
import { fieldOf, isObject, type JsonObject } from '../../read/json-object.js';
import { invalidFile } from '../../read/tfjs-error.js';
import { voice } from '../voice.js';
import { checkControlFlow } from './check-control-flow.js';

/** A node of the graph, as the file has it. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Outputs of other nodes: `NODE`, or `NODE:INDEX` from the second on. What only orders nodes is left out. */
  readonly inputs: readonly string[];
  readonly attributes: JsonObject;
}

const AGAIN = voice.again;

/** The name of a node's output: the first goes by the node's own. */
export function outputName(name: string): string {
  return name.endsWith(':0') ? name.slice(0, -2) : name;
}

export const nodeOf = (output: string): string => output.replace(/:\d+$/, '');

function parseNode(value: unknown): GraphNode {
  const node: JsonObject = isObject(value) ? value : {};
  const name = fieldOf(node, 'name'),
    op = fieldOf(node, 'op');
  if (typeof name !== 'string' || typeof op !== 'string')
    return invalidFile(`modelTopology: a node has no name or no op. ${AGAIN}`);
  const inputs = fieldOf(node, 'input') ?? [];
  if (!Array.isArray(inputs) || inputs.some((input) => typeof input !== 'string'))
    return invalidFile(`${op} "${name}": its inputs are not names of nodes. ${AGAIN}`);
  const attributes = fieldOf(node, 'attr');
  return {
    name,
    op,
    inputs: (inputs as string[]).filter((input) => !input.startsWith('^')).map(outputName),
    attributes: isObject(attributes) ? attributes : {},
  };
}

/** The nodes of a graph by name.
 * @throws PatternLensError `invalid-file` where two have one name. */
export function parseNodes(topology: JsonObject): ReadonlyMap<string, GraphNode> {
  const nodes = new Map<string, GraphNode>();
  for (const value of fieldOf(topology, 'node') as unknown[]) {
    const node = parseNode(value);
    if (nodes.has(node.name))
      invalidFile(`modelTopology: two nodes are called "${node.name}". ${AGAIN}`);
    nodes.set(node.name, node);
  }
  return nodes;
}

const missing = (name: string, reader: string): never =>
  invalidFile(`${reader} reads "${name}", which no node of the graph makes. ${AGAIN}`);

/** The nodes that an output depends on, each behind those that it reads.
 * @throws PatternLensError `unsupported-operation` naming control flow; `invalid-file` where a node is missing, or nodes wait for each other in a circle. */
export function neededNodes(nodes: ReadonlyMap<string, GraphNode>, output: string): GraphNode[] {
  const find = (name: string, reader: string): GraphNode =>
    nodes.get(nodeOf(name)) ?? missing(name, reader);
  const end = find(output, 'the signature');
  checkControlFlow(reachedFrom(nodes, end));
  return orderNodes([end], {
    read: ({ op, name, inputs }) => inputs.map((input) => find(input, `${op} "${name}"`)),
    circle: (node, read) =>
      invalidFile(
        `the graph has a cycle: "${node.name}" and "${read.name}" wait for each other. ${AGAIN}`,
      ),
  });
}

/** A node and all that lead to it, the nearest first, whatever circles they stand in. */
export function reachedFrom(nodes: ReadonlyMap<string, GraphNode>, end: GraphNode): GraphNode[] {
  const found = new Set([end]);
  for (const { inputs } of found)
    for (const input of inputs) {
      const node = nodes.get(nodeOf(input));
      if (node) found.add(node);
    }
  return [...found];
}
