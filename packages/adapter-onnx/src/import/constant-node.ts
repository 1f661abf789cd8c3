import { constantValue, originOf, type ConstantValue } from '@patternlens/importing';
import type { ExternalFiles } from '../read/external-data.js';
import { readTensor } from '../read/tensor-values.js';
import type { OnnxNode } from './node-view.js';

/** The value of a `Constant` node, from whichever of its attributes holds it. */
export async function constantOf(
  view: OnnxNode,
  files: ExternalFiles | undefined,
): Promise<ConstantValue> {
  const stored = view.tensorAttribute('value');
  if (stored) {
    const { type, shape, data } = await readTensor(stored, files);
    const origin = originOf(view.outputs[0]!, shape);
    return constantValue({ tensor: { data, shape }, origin }, type);
  }
  const [kind, values] = numbersOf(view);
  const isList = view.has('value_floats') || view.has('value_ints');
  const tensor = { data: Float64Array.from(values), shape: isList ? [values.length] : [] };
  return constantValue({ tensor }, kind);
}

function numbersOf(view: OnnxNode): ['float' | 'integer', number[]] {
  if (view.has('value_float')) return ['float', [view.float('value_float', 0)]];
  if (view.has('value_floats')) return ['float', view.floats('value_floats') ?? []];
  if (view.has('value_int')) return ['integer', [view.int('value_int', 0)]];
  if (view.has('value_ints')) return ['integer', view.ints('value_ints') ?? []];
  return view.unsupported(
    'its value is neither a tensor nor numbers.',
    'Supported: value, value_float, value_floats, value_int, value_ints.',
  );
}
