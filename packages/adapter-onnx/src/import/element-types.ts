import {
  TensorProto_DataType as DataType,
  type AttributeProto,
  type NodeProto,
  type ValueInfoProto,
} from 'onnx-buf';

/** What elements of a value are, as ONNX numbers its types; undefined where that is not known. */
export type ElementType = number | undefined;

/** The type of a graph's input. */
export const elementTypeOf = ({ type }: ValueInfoProto): ElementType =>
  type?.value.case === 'tensorType' ? type.value.value.elemType : undefined;

const TRUTHS = new Set(
  'Equal Greater GreaterOrEqual Less LessOrEqual And Or Xor Not IsNaN IsInf'.split(' '),
);
const WHOLE = new Set('Shape Size NonZero ArgMax ArgMin'.split(' '));

const attributeOf = ({ attribute }: NodeProto, name: string): AttributeProto | undefined =>
  attribute.find((candidate) => candidate.name === name);

/** The type of a `Constant`, from whichever of its attributes holds it. */
function constantType(node: NodeProto): ElementType {
  const stored = attributeOf(node, 'value')?.t;
  if (stored) return stored.dataType;
  const isWhole = node.attribute.some(({ name }) => name.startsWith('value_int'));
  return isWhole ? DataType.INT64 : DataType.FLOAT;
}

/** The types of what a standard operator makes, from those of what it reads. */
export function outputTypes(node: NodeProto, inputs: readonly ElementType[]): ElementType[] {
  const { opType } = node;
  if (TRUTHS.has(opType)) return [DataType.BOOL];
  if (WHOLE.has(opType)) return [DataType.INT64];
  const [first] = inputs;
  switch (opType) {
    case 'Cast':
      return [Number(attributeOf(node, 'to')?.i ?? DataType.FLOAT)];
    case 'CastLike':
    case 'Where':
      return [inputs[1]];
    case 'Constant':
      return [constantType(node)];
    case 'ConstantOfShape':
      return [attributeOf(node, 'value')?.t?.dataType ?? DataType.FLOAT];
    case 'DequantizeLinear':
    case 'OneHot':
      return [inputs[opType === 'OneHot' ? 2 : 1]];
    case 'Dropout':
      return [first, DataType.BOOL];
    case 'TopK':
    case 'MaxPool':
    case 'Unique':
      return [first, DataType.INT64, DataType.INT64, DataType.INT64];
    case 'If':
    case 'QuantizeLinear':
    case 'DynamicQuantizeLinear':
    case 'QLinearConv':
    case 'QLinearMatMul':
    case 'ConvInteger':
    case 'MatMulInteger':
    case 'EyeLike':
      return [];
    default:
      return node.output.map(() => first);
  }
}
