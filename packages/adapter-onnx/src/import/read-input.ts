import { fail, type StatedInput } from '@patternlens/importing';
import { TensorProto_DataType as DataType, type ValueInfoProto } from 'onnx-buf';
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
  const numbers = numberType(elemType);
  if (numbers !== 'float' && numbers !== 'integer')
    refuse(
      'unsupported-operation',
      `its elements are of ${typeName(elemType)}. Only inputs of numbers can be explained.`,
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

const SINGLE: number = DataType.FLOAT;

const elementsOf = ({ type }: ValueInfoProto): number =>
  type?.value.case === 'tensorType' ? type.value.value.elemType : 0;

/** The types of the elements of inputs of whole numbers (images of bytes, say), by the names of the inputs. */
export const wholeInputs = (ports: readonly ValueInfoProto[]): ReadonlyMap<string, number> =>
  new Map(
    ports
      .map((port) => [port.name, elementsOf(port)] as const)
      .filter(([, elements]) => numberType(elements) === 'integer'),
  );

/** What is said of inputs that are not of float32, which is what backends compute in. */
export const typeChanges = (ports: readonly ValueInfoProto[]): string[] =>
  ports
    .filter((port) => elementsOf(port) !== SINGLE)
    .map((port) => {
      const elements = elementsOf(port);
      return numberType(elements) === 'integer'
        ? `input "${port.name}" of ${typeName(elements)}: explained at the floats that its numbers are`
        : `input "${port.name}" of ${typeName(elements)}: computed in float32`;
    });
