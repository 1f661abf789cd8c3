import {
  importNode,
  type AddLayer,
  type LayerImports,
  type LayerValue,
  type NodeAttribute,
} from '@patternlens/core';
import {
  AttributeProto_AttributeType as AttributeType,
  type AttributeProto,
  type NodeProto,
} from 'onnx-buf';
import type { ExternalFiles } from '../read/external-data.js';
import { readTensor } from '../read/tensor-values.js';
import { qualifiedOperator } from './check-operators.js';
import type { ImportContext } from './import-context.js';
import type { RuntimeValue } from './imported.js';
import type { NodeView } from './node-view.js';

const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** An attribute as a plug-in sees it; undefined for graphs and lists of texts. */
async function attributeOf(
  { type, i, f, s, ints, floats, t }: AttributeProto,
  files: ExternalFiles | undefined,
): Promise<NodeAttribute | undefined> {
  if (type === AttributeType.INT) return Number(i);
  if (type === AttributeType.FLOAT) return f;
  if (type === AttributeType.STRING) return utf8(s);
  if (type === AttributeType.INTS) return ints.map(Number);
  if (type === AttributeType.FLOATS) return [...floats];
  if (type !== AttributeType.TENSOR || !t) return undefined;
  const { data, shape } = await readTensor(t, files);
  return { data, shape };
}

/** Lets a plug-in make layers of a node: the first takes the node's name, further ones `NODE/2` and so on. */
export async function importForeign(
  owned: NonNullable<ReturnType<LayerImports['get']>>,
  node: NodeProto,
  view: NodeView,
  context: ImportContext,
  files: ExternalFiles | undefined,
): Promise<void> {
  const attributes: Record<string, NodeAttribute> = {};
  for (const attribute of node.attribute) {
    const value = await attributeOf(attribute, files);
    if (value !== undefined) attributes[attribute.name] = value;
  }
  let added = 0;
  const add: AddLayer = (kind, inputs, own, parameters = {}) => {
    added++;
    const values = inputs as readonly RuntimeValue[];
    return added === 1
      ? context.layer(view, kind, values, own, parameters)
      : context.step(view, String(added), kind, values, own, parameters);
  };
  const made: LayerValue = importNode(
    owned,
    {
      framework: 'onnx',
      operator: qualifiedOperator(node),
      name: view.name,
      inputs: view.inputs.map((input) => (input?.kind === 'runtime' ? input : undefined)),
      attributes,
      constant: (which) => {
        const input = view.inputs[Number(which)];
        if (input?.kind !== 'constant') return undefined;
        const { tensor, origin } = input;
        return origin ? { tensor, origin } : { tensor };
      },
    },
    add,
  );
  context.values.set(view.outputs[0]!, made as RuntimeValue);
  context.plugins.add(owned.plugin);
}
