import { create } from '@bufbuild/protobuf';
import { NodeProtoSchema, type GraphProto, type NodeProto, type TensorProto } from 'onnx-buf';
import type { ExternalFiles } from '../read/external-data.js';
import { readTensor } from '../read/tensor-values.js';

/** The tensor that the file stores under a name. */
function storedAs(
  graph: GraphProto,
  nodes: readonly NodeProto[],
  name: string | undefined,
): TensorProto | undefined {
  const maker = nodes.find(({ opType, output }) => opType === 'Constant' && output[0] === name);
  const held = maker?.attribute.find((attribute) => attribute.name === 'value')?.t;
  return graph.initializer.find((tensor) => tensor.name === name) ?? held;
}

/** The nodes with the branches alone that conditions of the file take: what the others read is not needed. */
export async function takenBranches(
  graph: GraphProto,
  nodes: readonly NodeProto[],
  files: ExternalFiles | undefined,
): Promise<NodeProto[]> {
  const taken: NodeProto[] = [];
  for (const node of nodes) {
    const condition = node.opType === 'If' ? storedAs(graph, nodes, node.input[0]) : undefined;
    if (!condition) {
      taken.push(node);
      continue;
    }
    const { data } = await readTensor(condition, files);
    const other = data[0] === 0 ? 'then_branch' : 'else_branch';
    const attribute = node.attribute.filter(({ name }) => name !== other);
    taken.push(create(NodeProtoSchema, { ...node, attribute }));
  }
  return taken;
}
