import { fail, orderNodes } from '@patternlens/importing';
import type { GraphProto, NodeProto } from 'onnx-buf';
import { nodeName } from './node-view.js';
import { voice } from './voice.js';

/** Values of the outer graph that a subgraph reads: what it makes itself is not among them. */
function capturedByGraph(graph: GraphProto): string[] {
  const inner = new Set([
    ...graph.initializer.map(({ name }) => name),
    ...graph.input.map(({ name }) => name),
    ...graph.node.flatMap(({ output }) => output),
  ]);
  return [
    ...graph.node.flatMap((node) => [...node.input, ...capturedBy(node)]),
    ...graph.output.map(({ name }) => name),
  ].filter((name) => !inner.has(name));
}

/** Values of the outer graph that a node's subgraphs read. */
function capturedBy(node: NodeProto): string[] {
  return node.attribute.flatMap(({ g }) => (g ? capturedByGraph(g) : []));
}

/** All values that a node reads. */
export const readBy = (node: NodeProto): string[] =>
  [...node.input, ...capturedBy(node)].filter((name) => name !== '');

/** The nodes that the given outputs depend on, in the file's order. */
export function neededNodes(nodes: readonly NodeProto[], outputs: readonly string[]): NodeProto[] {
  const makers = new Map(
    nodes.flatMap((node) => node.output.map((output) => [output, node] as const)),
  );
  const makersOf = (names: readonly string[]): NodeProto[] =>
    names.flatMap((name) => makers.get(name) ?? []);
  const needed = new Set(
    orderNodes(makersOf(outputs), { read: (node) => makersOf(readBy(node)), circle }),
  );
  return nodes.filter((node) => needed.has(node));
}

/** The values that lead to the given outputs, the nearest first. */
export function valuesBefore(nodes: readonly NodeProto[], outputs: readonly string[]): string[] {
  const makers = new Map(
    nodes.flatMap((node) => node.output.map((output) => [output, node] as const)),
  );
  const found = new Set(outputs);
  for (const name of found) {
    const maker = makers.get(name);
    if (maker) for (const read of readBy(maker)) if (makers.has(read)) found.add(read);
  }
  return [...found].slice(new Set(outputs).size);
}

export const titled = (node: NodeProto): string => `${node.opType} "${nodeName(node)}"`;

/** Throws that nodes wait for each other. */
export function circle(node: NodeProto, read: NodeProto): never {
  return fail(
    voice,
    'invalid-file',
    `the graph has a cycle: ${titled(node)} and ${titled(read)} wait for each other. ${voice.again}`,
  );
}
