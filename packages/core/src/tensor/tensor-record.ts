import { described, isPromise } from '../arguments/described.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { checkTensor } from './check-tensor.js';
import { isBatch, type Shape } from './shape.js';
import { isTensorLike, readTensor, type TensorLike } from './tensor-like.js';
import type { Tensor } from './tensor.js';

/** Tensors by the name of the network's or program's input or output that they belong to. All have the same batch. */
export type TensorRecord = Readonly<Record<string, Tensor>>;

/** Inputs of a network in the model's own layout, which has the batch at axis 0 unless the network says another (`batchAxis`): one tensor, or a record of tensors by input name where there are several inputs. */
export type TensorInput = Tensor | TensorRecord;

/** The same as tensors of whatever library: those of TensorFlow.js and ONNX Runtime and arrays of arrays are converted. */
export type ModelInput = TensorLike | Readonly<Record<string, TensorLike>>;

/** What has inputs with names: a network. */
export interface NamedInputs {
  readonly inputs: readonly {
    readonly name: string;
    readonly batchAxis?: number;
    readonly shape?: Shape;
  }[];
  /** Inputs of the model that are not read; tensors for them are left aside. */
  readonly unusedInputs?: readonly string[] | undefined;
}

function invalid(message: string): never {
  throw new PatternLensError('core', 'invalid-argument', message);
}

/** How a tensor of one sample is written down. */
function written(shape: Shape | undefined): string {
  const sizes = shape?.map((dim) => (isBatch(dim) ? dim.batch : dim));
  return `tensor(values, [${sizes?.join(', ') ?? '1, ...'}])`;
}

/** Refuses what is neither a tensor nor a record of tensors, saying what to write. */
function checkInput({ inputs }: NamedInputs, input: unknown): void {
  const names = inputs.map(({ name }) => name);
  const { shape } = inputs[0]!;
  if (isPromise(input)) invalid('inputs: got a promise. Write await in front of what makes it.');
  if (typeof input !== 'object' || input === null)
    invalid(
      `expected a tensor, or a record of tensors by input name ("${names.join('", "')}"), got ${described(input)}. Write ${written(shape)}.`,
    );
  const flat = ArrayBuffer.isView(input) || (Array.isArray(input) && !Array.isArray(input[0]));
  if (flat)
    invalid(
      `inputs: ${described(input)} has no shape. Write ${written(shape)} for a batch of one sample.`,
    );
  // Meant as a tensor, of a type of numbers that is none.
  if ('data' in input && 'shape' in input && !names.includes('data') && !isTensorLike(input))
    checkTensor(`input "${names[0]!}"`, input as Tensor);
}

/** The inputs by their names, still as they were handed in.
 * @throws PatternLensError `invalid-argument` where there is no tensor, or one for several inputs. */
function namedInputs(names: NamedInputs, input: unknown): Readonly<Record<string, unknown>> {
  checkInput(names, input);
  const { inputs, unusedInputs = [] } = names;
  if (!isTensorLike(input))
    return unusedInputs.length === 0
      ? (input as TensorRecord)
      : Object.fromEntries(
          Object.entries(input as TensorRecord).filter(([name]) => !unusedInputs.includes(name)),
        );
  const [only, second] = inputs;
  if (second)
    invalid(
      `the network has several inputs: hand in a record { ${inputs.map(({ name }) => name).join(', ')} }.`,
    );
  return { [only!.name]: input };
}

/** The record of tensors that a network takes, of tensors of whatever library, which are converted.
 * @throws PatternLensError `invalid-argument` saying what is wrong with it, and what to write. */
export async function readRecord(
  names: NamedInputs,
  input: ModelInput | PromiseLike<ModelInput>,
): Promise<TensorRecord> {
  const given = namedInputs(names, await input);
  const record: Record<string, Tensor> = {};
  for (const [name, value] of Object.entries(given))
    record[name] = await readTensor(`input "${name}"`, (await value) as TensorLike);
  return record;
}
