import { fail } from '@patternlens/importing';
import type { GraphProto, NodeProto } from 'onnx-buf';
import { numberType, typeName } from '../read/tensor-values.js';
import { titled } from './needed-nodes.js';
import { voice } from './voice.js';

/** Operators of quantised networks, whose integers stand for floats. */
const QUANTISED = /^(QLinear|QGemm|Quantize|DynamicQuantize|MatMulInteger|ConvInteger)/;

/** Operators that only move what they read. */
const LAYOUT: readonly string[] = [
  'Concat',
  'Flatten',
  'Identity',
  'MaxPool',
  'Reshape',
  'Slice',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
];

/** Whether the integers of a tensor are rounded floats. */
function isQuantised(nodes: readonly NodeProto[], tensor: string): boolean {
  const maker = (name: string): NodeProto | undefined =>
    nodes.find(({ output }) => output.includes(name));
  const seen = new Set<NodeProto>();
  let node = maker(tensor);
  while (node && LAYOUT.includes(node.opType) && !seen.has(node)) {
    seen.add(node);
    node = maker(node.input[0] ?? '');
  }
  return node !== undefined && QUANTISED.test(node.opType);
}

/** @throws PatternLensError `unsupported-operation` where an output of the graph holds no floats: integers and texts have no gradient. */
export function checkOutputType(
  graph: GraphProto,
  nodes: readonly NodeProto[],
  tensor: string,
): void {
  const type = graph.output.find(({ name }) => name === tensor)?.type?.value;
  if (type?.case === undefined) return;
  const maker = nodes.find(({ output }) => output.includes(tensor));
  const by = maker ? ` of ${titled(maker)}` : '';
  const refuse = (what: string): never =>
    fail(
      voice,
      'unsupported-operation',
      `output "${tensor}"${by}: ${what}, which has no gradient. Only outputs of floats can be explained.`,
      { about: 'model', layer: tensor },
    );
  if (type.case !== 'tensorType') refuse(`it is no tensor but a ${type.case.replace('Type', '')}`);
  else if (
    type.value.elemType !== 0 &&
    numberType(type.value.elemType) !== 'float' &&
    !isQuantised(nodes, tensor)
  )
    refuse(`its elements are of ${typeName(type.value.elemType)}`);
}
