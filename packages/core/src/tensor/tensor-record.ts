import { PatternLensError } from '../errors/patternlens-error.js';
import type { Tensor } from './tensor.js';

/** Tensors by the name of the network's or program's input or output that they belong to. All have the same batch. */
export type TensorRecord = Readonly<Record<string, Tensor>>;

/** Inputs of a network in the model's own layout, which has the batch at axis 0 unless the network says another (`batchAxis`): one tensor, or a record of tensors by input name where there are several inputs. */
export type TensorInput = Tensor | TensorRecord;

/** What has inputs with names: a network. */
export interface NamedInputs {
  readonly inputs: readonly { readonly name: string; readonly batchAxis?: number }[];
  /** Inputs of the model that are not read; tensors for them are left aside. */
  readonly unusedInputs?: readonly string[] | undefined;
}

/** The record of tensors that a network takes.
 * @throws PatternLensError `invalid-argument` naming the input that is missing. */
export function asRecord(
  { inputs, unusedInputs = [] }: NamedInputs,
  input: TensorInput,
): TensorRecord {
  if (typeof input !== 'object' || (input as unknown) === null)
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `expected a tensor, or a record of tensors by input name ("${inputs.map(({ name }) => name).join('", "')}"), got ${typeof input}.`,
    );
  if (!('data' in input && 'shape' in input && ArrayBuffer.isView(input.data)))
    return unusedInputs.length === 0
      ? (input as TensorRecord)
      : Object.fromEntries(
          Object.entries(input as TensorRecord).filter(([name]) => !unusedInputs.includes(name)),
        );
  const [only, second] = inputs;
  if (second)
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `the network has several inputs: hand in a record { ${inputs.map(({ name }) => name).join(', ')} }.`,
    );
  return { [only!.name]: input as Tensor };
}
