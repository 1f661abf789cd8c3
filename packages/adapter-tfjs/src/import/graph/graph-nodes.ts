import type { LayerImports } from '@patternlens/core';
import { fieldOf, isObject, type JsonObject } from '../../read/json-object.js';
import { fail, invalidFile } from '../../read/tfjs-error.js';

/** A node of the graph, as the file has it. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Outputs of other nodes: `NODE`, or `NODE:INDEX` from the second on. What only orders nodes is left out. */
  readonly inputs: readonly string[];
  readonly attributes: JsonObject;
}

const AGAIN = 'Convert the model again.';

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

/** The nodes that an output depends on, each behind those that it reads.
 * @throws PatternLensError `invalid-file` where a node is missing, or nodes wait for each other in a circle. */
export function neededNodes(nodes: ReadonlyMap<string, GraphNode>, output: string): GraphNode[] {
  const sorted: GraphNode[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const find = (name: string, reader: string): GraphNode =>
    nodes.get(nodeOf(name)) ??
    invalidFile(`${reader} reads "${name}", which no node of the graph makes. ${AGAIN}`);
  const open = [{ node: find(output, 'the signature'), next: 0 }];
  for (let own = open.at(-1); own !== undefined; own = open.at(-1)) {
    const { node } = own;
    const input = node.inputs[own.next];
    own.next++;
    if (input === undefined) {
      state.set(node.name, 'done');
      sorted.push(node);
      open.pop();
      continue;
    }
    const read = find(input, `${node.op} "${node.name}"`);
    if (state.get(read.name) === 'done') continue;
    state.set(node.name, 'open');
    if (state.get(read.name) === 'open')
      invalidFile(
        `the graph has a cycle: "${node.name}" and "${read.name}" wait for each other. ${AGAIN}`,
      );
    open.push({ node: read, next: 0 });
  }
  return sorted;
}

/** @throws PatternLensError `unsupported-operation` naming every operation that is not understood, with its nodes. */
export function checkOperations(
  nodes: readonly GraphNode[],
  supported: readonly string[],
  plugins: LayerImports = new Map(),
): void {
  const unknown = new Map<string, string[]>();
  for (const { op, name } of nodes) {
    if (supported.includes(op) || plugins.has(op)) continue;
    const names = unknown.get(op) ?? [];
    unknown.set(op, names);
    names.push(name);
  }
  if (unknown.size === 0) return;
  const list = [...unknown].map(
    ([op, names]) => `${op} ${names.map((name) => `"${name}"`).join(', ')}`,
  );
  fail(
    'unsupported-operation',
    `${unknown.size === 1 ? 'an operation is' : `${unknown.size} operations are`} not supported: ${list.join('; ')}. Supported: ${supported.join(', ')}; or add one with a plug-in's layers.`,
    { about: 'model', operation: [...unknown.keys()].join(', ') },
  );
}
