import { clone } from '@bufbuild/protobuf';
import {
  AttributeProtoSchema,
  type AttributeProto,
  type FunctionProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
} from 'onnx-buf';
import { changedMessage } from './changed-message.js';
import { invalidModel } from './voice.js';

const DEEPEST = 32;
/** Nodes that functions may expand to: a few that call each other twice make any number. */
const LARGEST = 1e5;

const keyOf = (domain: string, name: string): string =>
  `${domain === 'ai.onnx' ? '' : domain}:${name}`;

/** What replaces every call of a function that the file itself defines by the function's body. */
export function expandFunctions(model: ModelProto): (nodes: readonly NodeProto[]) => NodeProto[] {
  const functions = new Map(model.functions.map((body) => [keyOf(body.domain, body.name), body]));
  let made = 0;
  const expand = (nodes: readonly NodeProto[], depth: number): NodeProto[] => {
    if (depth > DEEPEST)
      invalidModel(
        `its functions call each other more than ${DEEPEST} deep. Export it with its functions inlined.`,
      );
    return nodes.flatMap((node) => {
      const body = functions.get(keyOf(node.domain, node.opType));
      if (!body) return [node];
      made += body.node.length;
      if (made > LARGEST)
        invalidModel(`its functions expand to more than ${LARGEST} nodes. Export it without them.`);
      return expand(inline(node, body), depth + 1);
    });
  };
  return (nodes) => expand(nodes, 0);
}

type Rename = (name: string) => string;

/** The body of a function with its values renamed to those of the call, and its attributes filled in. */
function inline(call: NodeProto, body: FunctionProto): NodeProto[] {
  const prefix = call.name === '' ? (call.output[0] ?? call.opType) : call.name;
  const names = new Map<string, string>([
    ...body.input.map((name, at) => [name, call.input[at] ?? ''] as const),
    ...body.output.map((name, at) => [name, call.output[at] ?? `${prefix}/${name}`] as const),
  ]);
  const renamed: Rename = (name) => (name === '' ? '' : (names.get(name) ?? `${prefix}/${name}`));
  const given = new Map(
    [...body.attributeProto, ...call.attribute].map((attribute) => [attribute.name, attribute]),
  );
  return renameNodes(body.node, prefix, renamed, given);
}

function renameNodes(
  nodes: readonly NodeProto[],
  prefix: string,
  renamed: Rename,
  given: ReadonlyMap<string, AttributeProto>,
): NodeProto[] {
  return nodes.map((node) =>
    changedMessage(node, {
      name: `${prefix}/${node.name === '' ? (node.output[0] ?? node.opType) : node.name}`,
      input: node.input.map(renamed),
      output: node.output.map(renamed),
      attribute: node.attribute.flatMap((attribute) => {
        if (attribute.g) {
          const g = renameGraph(attribute.g, prefix, renamed, given);
          return [changedMessage(attribute, { g })];
        }
        if (attribute.refAttrName === '') return [attribute];
        const value = given.get(attribute.refAttrName);
        return value
          ? [Object.assign(clone(AttributeProtoSchema, value), { name: attribute.name })]
          : [];
      }),
    }),
  );
}

/** A branch inside a function's body, which reads the body's values. */
function renameGraph(
  graph: GraphProto,
  prefix: string,
  renamed: Rename,
  given: ReadonlyMap<string, AttributeProto>,
): GraphProto {
  return changedMessage(graph, {
    node: renameNodes(graph.node, prefix, renamed, given),
    initializer: graph.initializer.map((tensor) =>
      changedMessage(tensor, { name: renamed(tensor.name) }),
    ),
    output: graph.output.map((port) => changedMessage(port, { name: renamed(port.name) })),
  });
}
