import type { LayerImports, NodeAttribute } from '@patternlens/core/network';
import { importForeign, type ImportContext, type RuntimeValue } from '@patternlens/importing';
import { AttributeProto_AttributeType as AttributeType, type AttributeProto } from 'onnx-buf';
import type { ExternalFiles } from '../read/external-data.js';
import { readTensor } from '../read/tensor-values.js';
import { qualifiedOperator, type OnnxNode } from './node-view.js';

/** An attribute as a plug-in sees it; undefined for graphs and lists of texts. */
async function attributeOf(
  { type, i, f, s, ints, floats, t }: AttributeProto,
  files: ExternalFiles | undefined,
): Promise<NodeAttribute | undefined> {
  if (type === AttributeType.INT) return Number(i);
  if (type === AttributeType.FLOAT) return f;
  if (type === AttributeType.STRING) return new TextDecoder().decode(s);
  if (type === AttributeType.INTS) return ints.map(Number);
  if (type === AttributeType.FLOATS) return [...floats];
  if (type !== AttributeType.TENSOR || !t) return undefined;
  const { data, shape } = await readTensor(t, files);
  return { data, shape };
}

/** Lets a plug-in make layers of a node. */
export async function foreignNode(
  owned: NonNullable<ReturnType<LayerImports['get']>>,
  node: OnnxNode,
  context: ImportContext,
  files: ExternalFiles | undefined,
): Promise<RuntimeValue> {
  const attributes: Record<string, NodeAttribute> = {};
  for (const attribute of node.proto.attribute) {
    const value = await attributeOf(attribute, files);
    if (value !== undefined) attributes[attribute.name] = value;
  }
  return importForeign(owned, node, context, {
    operator: qualifiedOperator(node.proto),
    inputs: node.inputs,
    attributes,
    constant: (which) => node.storedAt(Number(which)),
  });
}
