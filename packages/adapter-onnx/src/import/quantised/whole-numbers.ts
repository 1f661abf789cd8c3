import { TensorProto_DataType as DataType } from 'onnx-buf';
import type { OnnxNode } from '../node-view.js';
import { typeName } from '../../read/tensor-values.js';

/** Types so wide that sums and products of what a network holds do not wrap around. */
const WIDE: readonly number[] = [DataType.INT32, DataType.INT64, DataType.UINT32, DataType.UINT64];

/** What is the same of whole numbers and of floats, and gives whole numbers again, but for numbers that wrap around. */
const WHOLE: readonly string[] = [
  'Abs',
  'Add',
  'Clip',
  'Max',
  'Min',
  'Mul',
  'Neg',
  'ReduceMax',
  'ReduceMin',
  'ReduceSum',
  'Relu',
  'Sub',
  'Sum',
];
const NARROW: readonly string[] = ['Clip', 'Max', 'Min', 'ReduceMax', 'ReduceMin', 'Relu'];

/** What cuts fractions of whole numbers off, which no gradient sees. */
const CUTTING: readonly string[] = ['BitShift', 'Div', 'Mean', 'Mod', 'Pow', 'ReduceMean'];

/** The type of what a node makes of whole numbers that an input of the network holds; undefined where these are whole numbers no longer.
 * @throws PatternLensError where it does something else with them than with floats. */
export function wholeMade(node: OnnxNode, elements: number): number | undefined {
  const wide = WIDE.includes(elements);
  if (
    CUTTING.includes(node.kind) ||
    (WHOLE.includes(node.kind) && !wide && !NARROW.includes(node.kind))
  )
    return node.unsupported(
      `it computes with whole numbers (${typeName(elements)}), which it cuts or lets wrap around.`,
      'Export the model with a Cast to float before it.',
    );
  return WHOLE.includes(node.kind) ? elements : undefined;
}

/** @throws PatternLensError where entries are looked up by whole numbers of an input (tokens of a text, say). */
export function refuseLookUp(node: OnnxNode): never {
  return node.unsupported(
    'it looks entries up by whole numbers that an input holds (the tokens of a text, say), which have no gradient.',
    'Export the model from behind its embedding, with the embedded values as the input.',
  );
}
