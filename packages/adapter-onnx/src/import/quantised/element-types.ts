import { TensorProto_DataType as DataType, type NodeProto } from 'onnx-buf';

/** Operators whose value has the type of their first input. */
const KEEPING: readonly string[] = [
  'Concat',
  'Expand',
  'Flatten',
  'Gather',
  'Identity',
  'Reshape',
  'Slice',
  'Squeeze',
  'Tile',
  'Transpose',
  'Unsqueeze',
];

const attributeOf = ({ attribute }: NodeProto, name: string) =>
  attribute.find((entry) => entry.name === name);

/** The type of the elements that a node makes, where that matters to what is quantised; undefined where it does not, or is not known. */
export function elementsMade(
  node: NodeProto,
  elements: (value: string) => number | undefined,
): number | undefined {
  const { opType, input } = node;
  const [first, second, third] = input;
  if (KEEPING.includes(opType)) return elements(first ?? '');
  switch (opType) {
    case 'Cast':
      return Number(attributeOf(node, 'to')?.i ?? 0);
    case 'CastLike':
      return elements(second ?? '');
    case 'Constant':
    case 'ConstantOfShape':
      return attributeOf(node, 'value')?.t?.dataType;
    case 'QuantizeLinear': {
      const said = Number(attributeOf(node, 'output_dtype')?.i ?? 0);
      return said || (third === undefined || third === '' ? DataType.UINT8 : elements(third));
    }
    default:
      return undefined;
  }
}
