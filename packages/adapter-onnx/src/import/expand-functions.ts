import { create, clone } from '@bufbuild/protobuf';
import { PatternLensError } from '@patternlens/core';
import {
  AttributeProtoSchema,
  NodeProtoSchema,
  type FunctionProto,
  type ModelProto,
  type NodeProto,
} from 'onnx-buf';

const DEEPEST = 32;

const keyOf = (domain: string, name: string): string =>
  `${domain === 'ai.onnx' ? '' : domain}:${name}`;

/** The nodes with every call of a function that the file itself defines replaced by the function's body. */
export function expandFunctions(model: ModelProto, nodes: readonly NodeProto[]): NodeProto[] {
  const functions = new Map(model.functions.map((own) => [keyOf(own.domain, own.name), own]));
  return functions.size === 0 ? [...nodes] : expand(functions, nodes, 0);
}

function expand(
  functions: ReadonlyMap<string, FunctionProto>,
  nodes: readonly NodeProto[],
  depth: number,
): NodeProto[] {
  if (depth > DEEPEST)
    throw new PatternLensError(
      'invalid-file',
      `[adapter-onnx] model: its functions call each other more than ${DEEPEST} deep.`,
    );
  return nodes.flatMap((node) => {
    const body = functions.get(keyOf(node.domain, node.opType));
    return body ? expand(functions, inline(node, body), depth + 1) : [node];
  });
}

/** The body of a function with its values renamed to those of the call, and its attributes filled in. */
function inline(call: NodeProto, body: FunctionProto): NodeProto[] {
  const prefix = call.name === '' ? (call.output[0] ?? call.opType) : call.name;
  const names = new Map<string, string>([
    ...body.input.map((name, at) => [name, call.input[at] ?? ''] as const),
    ...body.output.map((name, at) => [name, call.output[at] ?? `${prefix}/${name}`] as const),
  ]);
  const renamed = (name: string): string =>
    name === '' ? '' : (names.get(name) ?? `${prefix}/${name}`);
  const given = new Map(
    [...body.attributeProto, ...call.attribute].map((attribute) => [attribute.name, attribute]),
  );
  return body.node.map((node) =>
    create(NodeProtoSchema, {
      ...node,
      name: `${prefix}/${node.name === '' ? (node.output[0] ?? node.opType) : node.name}`,
      input: node.input.map(renamed),
      output: node.output.map(renamed),
      attribute: node.attribute.flatMap((attribute) => {
        if (attribute.refAttrName === '') return [attribute];
        const value = given.get(attribute.refAttrName);
        return value
          ? [Object.assign(clone(AttributeProtoSchema, value), { name: attribute.name })]
          : [];
      }),
    }),
  );
}
