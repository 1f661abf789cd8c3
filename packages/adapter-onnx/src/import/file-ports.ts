import { BATCH, type Dim } from '@patternlens/core/tensor';
import type { FilePorts } from '@patternlens/importing';
import type { GraphProto, TensorShapeProto_Dimension, ValueInfoProto } from 'onnx-buf';

const dimsOf = ({ type }: ValueInfoProto): readonly TensorShapeProto_Dimension[] | undefined =>
  type?.value.case === 'tensorType' ? type.value.value.shape?.dim : undefined;

const textOf = ({ value }: TensorShapeProto_Dimension): string =>
  value.case === undefined ? '?' : String(value.value);

/** What a graph takes and gives, as it states it. A size is the batch where it is called as the first input's is, or is the first, and free or fixed as that is. */
export function filePorts(graph: GraphProto, inputs: readonly ValueInfoProto[]): FilePorts {
  const [first] = inputs[0] ? (dimsOf(inputs[0]) ?? []) : [];
  const batch = first && textOf(first);
  const dim = (size: TensorShapeProto_Dimension, axis: number): Dim | string => {
    const text = textOf(size);
    const isFixed = size.value.case === 'dimValue' && size.value.value > 0n;
    const isCalledSo = !isFixed && text !== '?' && text === batch;
    if (isCalledSo || (axis === 0 && (!isFixed || (text === '1' && batch === '1')))) return BATCH;
    return isFixed ? Number(text) : text;
  };
  return {
    inputs: inputs.map(({ name }) => name),
    outputs: graph.output.map((port) => ({ name: port.name, shape: dimsOf(port)?.map(dim) })),
  };
}
