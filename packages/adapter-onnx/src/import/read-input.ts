import { fail, type StatedInput } from '@patternlens/importing';
import type { ValueInfoProto } from 'onnx-buf';
import { numberType, typeName } from '../read/tensor-values.js';
import { voice } from './voice.js';

/** An input of the graph as the file states it.
 * @throws PatternLensError where it is no tensor of floats, or the file does not say its axes. */
export function readInput({ name, type }: ValueInfoProto): StatedInput {
  const refuse = (code: 'invalid-file' | 'unsupported-operation', message: string): never =>
    fail(voice, code, `input "${name}": ${message}`, { layer: name });
  if (type?.value.case !== 'tensorType')
    return refuse(
      'unsupported-operation',
      `it is not a tensor${type?.value.case === undefined ? '' : ` but a ${type.value.case.replace('Type', '')}`}. Export the model with tensors as inputs.`,
    );
  const { elemType, shape } = type.value.value;
  if (numberType(elemType) !== 'float')
    refuse(
      'unsupported-operation',
      `its elements are of ${typeName(elemType)}. Only inputs of floats can be explained.`,
    );
  if (!shape)
    return refuse(
      'invalid-file',
      'the file does not say how many axes it has. Export the model with the shapes of its inputs.',
    );
  const sizes = shape.dim.map(({ value }) =>
    value.case === 'dimValue' && value.value > 0n ? Number(value.value) : undefined,
  );
  const text = shape.dim.map(({ value }) => (value.case === undefined ? '?' : String(value.value)));
  return { name, sizes, text };
}
