import { typeName } from '../read/tensor-values.js';
import type { OnnxNode } from './node-view.js';

const all = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Operators whose inputs have to be of one type, by those inputs; an empty list stands for all. */
const ALIKE: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(
    'Add Sub Mul Div Mod Max Min Sum Mean MatMul Gemm PRelu Concat Equal Greater GreaterOrEqual Less LessOrEqual And Or Xor Einsum Conv ConvTranspose Clip InstanceNormalization'
      .split(' ')
      .map((name) => [name, []]),
  ),
  Where: [1, 2],
};

/** Refuses inputs of types that do not go together: ONNX Runtime does not open such files.
 * @throws PatternLensError `invalid-file` naming the node and the types. */
export function checkElementTypes(node: OnnxNode): void {
  const listed = Object.hasOwn(ALIKE, node.kind) ? ALIKE[node.kind]! : undefined;
  if (!listed) return;
  const places = listed.length > 0 ? listed : all(node.inputs.length);
  const types = new Set(
    places.map((index) => node.elementTypes[index]).filter((type) => type !== undefined),
  );
  if (types.size > 1)
    node.invalid(
      `its inputs are of ${[...types].map(typeName).join(' and ')}, where the operator asks for one type; ONNX Runtime refuses this file too.`,
      'Cast them to one type, and export the model again.',
    );
}
