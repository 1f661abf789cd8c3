import { nearestName } from '@patternlens/core/network';
import { fail } from '@patternlens/importing';
import { voice } from '../voice.js';
import { nodeOf, outputName, type GraphNode } from './graph-nodes.js';
import type { GraphPorts } from './signature.js';

/** What a name means. */
export interface NamedValue {
  /** The output of a node that has to be computed. */
  readonly tensor: string;
  /** The layer whose value is meant, where it is one of several that the node becomes. */
  readonly layer?: string;
}

/** What a name means in a graph: an output by its own name or by that of the signature, else what the node of that name makes, else a layer that a node becomes.
 * @throws PatternLensError `invalid-argument` with the nearest name. */
export function namedValue(
  nodes: ReadonlyMap<string, GraphNode>,
  ports: GraphPorts,
  asked: string,
): NamedValue {
  const name = outputName(asked);
  const output =
    ports.outputs.find((port) => port.name === name) ??
    ports.outputs.find((port) => port.key === asked);
  if (output) return { tensor: output.name };
  if (nodes.has(nodeOf(name))) return { tensor: name };
  const around = [...nodes.keys()]
    .filter((one) => name.startsWith(one) && /^[/#]/.test(name.slice(one.length)))
    .sort((a, b) => b.length - a.length)[0];
  return around === undefined ? unknownValue(nodes, ports, asked) : { tensor: around, layer: name };
}

/** Throws that a graph has no value of that name.
 * @param layers Names of layers that it may mean too. */
export function unknownValue(
  nodes: ReadonlyMap<string, GraphNode>,
  { outputs }: GraphPorts,
  name: string,
  layers: readonly string[] = [],
): never {
  const names = outputs.flatMap((output) => [output.name, output.key ?? output.name]);
  const nearest = nearestName(name, [...names, ...nodes.keys(), ...layers]);
  return fail(
    voice,
    'invalid-argument',
    `there is no output, value or layer "${name}" in it. ${nearest === undefined ? '' : `Did you mean "${nearest}"? `}Its outputs: ${outputs.map((output) => output.name).join(', ')}.`,
    { about: 'model', layer: name },
  );
}
