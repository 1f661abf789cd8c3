import type { Weights } from '../../read/read-weights.js';
import { nodeOf, type GraphNode } from './graph-nodes.js';

type Nodes = ReadonlyMap<string, GraphNode>;

/** Operations that pass a condition on. */
const PASSING: readonly string[] = [
  'Identity',
  'LogicalNot',
  'PlaceholderWithDefault',
  'StopGradient',
];

/** What a condition is, where it is a number of the file. */
function conditionOf(nodes: Nodes, weights: Weights, input: string): boolean | undefined {
  let isTurned = false;
  const seen = new Set<GraphNode>();
  for (let node = nodes.get(nodeOf(input)); node && !seen.has(node);) {
    seen.add(node);
    if (node.op === 'Const') {
      const value = weights.get(node.name)?.tensor.data[0];
      return value === undefined ? undefined : (value !== 0) !== isTurned;
    }
    if (!PASSING.includes(node.op)) return undefined;
    if (node.op === 'LogicalNot') isTurned = !isTurned;
    node = nodes.get(nodeOf(node.inputs[0] ?? ''));
  }
  return undefined;
}

/** The names of the nodes that are never computed, since they read a side of a switch that is not taken. */
function untaken(nodes: Nodes, isTaken: ReadonlyMap<string, boolean>): (input: string) => boolean {
  const dead = new Set<string>();
  const isDead = (input: string): boolean => {
    const node = nodeOf(input);
    return dead.has(node) || (isTaken.has(node) && isTaken.get(node) !== input.endsWith(':1'));
  };
  const readers = new Map<string, GraphNode[]>();
  for (const node of nodes.values())
    for (const input of node.inputs)
      readers.set(nodeOf(input), [...(readers.get(nodeOf(input)) ?? []), node]);
  const open = [...isTaken.keys()];
  for (let name = open.pop(); name !== undefined; name = open.pop())
    for (const reader of readers.get(name) ?? []) {
      if (dead.has(reader.name)) continue;
      const { inputs, op } = reader;
      if (op === 'Merge' ? !inputs.every(isDead) : !inputs.some(isDead)) continue;
      dead.add(reader.name);
      open.push(reader.name);
    }
  return isDead;
}

/** The nodes without the switches whose condition is in the file: what reads the side that is taken reads what the switch does, and a merge is that side. */
export function takenSides(nodes: Nodes, weights: Weights): Nodes {
  const isTaken = new Map<string, boolean>();
  for (const { op, name, inputs } of nodes.values()) {
    const condition = op === 'Switch' ? conditionOf(nodes, weights, inputs[1] ?? '') : undefined;
    if (condition !== undefined) isTaken.set(name, condition);
  }
  if (isTaken.size === 0) return nodes;
  const isDead = untaken(nodes, isTaken);
  const passed = (input: string): string => (isTaken.has(nodeOf(input)) ? nodeOf(input) : input);
  return new Map(
    [...nodes].map(([name, node]): [string, GraphNode] => {
      const inputs = node.inputs.map(passed);
      if (isTaken.has(name)) return [name, { ...node, op: 'Identity', inputs: inputs.slice(0, 1) }];
      const live = node.inputs.filter((input) => !isDead(input)).map(passed);
      return node.op === 'Merge' && live.length === 1 && node.inputs.length > 1
        ? [name, { ...node, op: 'Identity', inputs: live }]
        : [name, { ...node, inputs }];
    }),
  );
}
