import type { GraphProto, NodeProto } from 'onnx-buf';

/** Values of the outer graph that a subgraph reads: what it makes itself is not among them. */
function capturedByGraph(graph: GraphProto): string[] {
  const own = new Set([
    ...graph.initializer.map(({ name }) => name),
    ...graph.input.map(({ name }) => name),
    ...graph.node.flatMap(({ output }) => output),
  ]);
  return [
    ...graph.node.flatMap((node) => [...node.input, ...capturedBy(node)]),
    ...graph.output.map(({ name }) => name),
  ].filter((name) => !own.has(name));
}

/** Values of the outer graph that a node's subgraphs read. */
export function capturedBy(node: NodeProto): string[] {
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
  const needed = new Set<NodeProto>();
  const open = [...outputs];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = makers.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    open.push(...readBy(node));
  }
  return nodes.filter((node) => needed.has(node));
}
