import { nearestName } from '@patternlens/core/network';
import { fail } from '@patternlens/importing';
import type { GraphProto, NodeProto } from 'onnx-buf';
import { nodeName } from './node-view.js';
import { voice } from './voice.js';

/** What a name means. */
export interface NamedValue {
  /** The tensor of the file that has to be computed. */
  readonly tensor: string;
  /** The layer whose value is meant, where it is one of several that the tensor's node becomes. */
  readonly layer?: string;
}

/** Layers that nodes become are called `NODE/WORD`, `NODE:INDEX`, or `NODE#USE`. */
const isPartOf = (name: string, node: string): boolean =>
  node !== '' && name.startsWith(node) && /^[/:#]/.test(name.slice(node.length));

/** What a name means in a graph: one of its tensors, else what the node of that name makes, else a layer that a node becomes.
 * @throws PatternLensError `invalid-argument` with the nearest name. */
export function namedValue(
  graph: GraphProto,
  nodes: readonly NodeProto[],
  name: string,
): NamedValue {
  const ports = [...graph.output, ...graph.input, ...graph.initializer];
  if (ports.some((port) => port.name === name)) return { tensor: name };
  if (name !== '' && nodes.some(({ output }) => output.includes(name))) return { tensor: name };
  const made = nodes.filter(({ output }) => output.some((tensor) => tensor !== ''));
  const first = ({ output }: NodeProto): string => output.find((tensor) => tensor !== '')!;
  const node = made.find((one) => one.name === name && name !== '');
  if (node) return { tensor: first(node) };
  const around = made
    .filter((one) => isPartOf(name, nodeName(one)))
    .sort((a, b) => nodeName(b).length - nodeName(a).length)[0];
  return around ? { tensor: first(around), layer: name } : unknownValue(graph, nodes, name);
}

/** Throws that a file has no value of that name.
 * @param layers Names of layers that it may mean too. */
export function unknownValue(
  graph: GraphProto,
  nodes: readonly NodeProto[],
  name: string,
  layers: readonly string[] = [],
): never {
  const outputs = graph.output.map((port) => port.name);
  const made = nodes.flatMap((node) => [node.name, ...node.output]).filter((one) => one !== '');
  const nearest = nearestName(name, [...new Set([...outputs, ...made, ...layers])]);
  return fail(
    voice,
    'invalid-argument',
    `there is no output, value or layer "${name}" in it. ${nearest === undefined ? '' : `Did you mean "${nearest}"? `}Its outputs: ${outputs.join(', ')}.`,
    { about: 'model', layer: name },
  );
}
