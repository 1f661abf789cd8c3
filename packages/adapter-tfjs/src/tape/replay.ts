import { messageOf, PatternLensError, type Tensor } from '@patternlens/core';
import { permuteTensor } from '@patternlens/core/tensor';
import { laidOut } from '../layout/host-layout.js';
import type { TensorFlow, TfInputs, TfTensor, TfView } from '../run/tf.js';
import type { Call, Slot, Tape, Upload } from './tape.js';

/** Tensors of a program's constants: each is made once, however many tapes read it. */
export class Uploads {
  readonly #tf: TensorFlow;
  readonly #tensors = new Map<object, Map<string, TfTensor>>();

  constructor(tf: TensorFlow) {
    this.#tf = tf;
  }

  tensor({ constant, order, dtype }: Upload): TfTensor {
    const byKey = this.#tensors.get(constant.root) ?? new Map<string, TfTensor>();
    this.#tensors.set(constant.root, byKey);
    const key = `${constant.key}/${order.join()}/${dtype}`;
    const known = byKey.get(key);
    if (known) return known;
    const { data, shape } = permuteTensor(constant.read(), order);
    // Rounded here, once; and a copy, since backends may keep what they are given.
    const numbers = dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data);
    const made = this.#tf.tensor(numbers, shape, dtype);
    byKey.set(key, made);
    return made;
  }

  dispose(): void {
    for (const byKey of this.#tensors.values())
      for (const tensor of byKey.values()) tensor.dispose();
    this.#tensors.clear();
  }
}

/** A tape with its constants, ready to be played. */
export interface Playable {
  readonly tape: Tape;
  readonly constants: ReadonlyMap<number, TfTensor>;
}

export function playable(tape: Tape, uploads: Uploads): Playable {
  return {
    tape,
    constants: new Map(tape.uploads.map((upload) => [upload.slot.id, uploads.tensor(upload)])),
  };
}

/** What a kernel reads: tensors under the shapes that it is to see them in. */
function operands({ inputs }: Call, tensors: readonly (TfTensor | undefined)[]): TfInputs {
  const view = ({ id, shape }: Slot): TfView => {
    const { dataId, dtype } = tensors[id]!;
    return { dataId, dtype, shape };
  };
  if (Array.isArray(inputs)) return (inputs as readonly Slot[]).map(view);
  const named: Record<string, TfView> = {};
  const byName = inputs as Readonly<Record<string, Slot>>;
  for (const name in byName) named[name] = view(byName[name]!);
  return named;
}

/** Calls all kernels, one after the other, on the current backend. Returns the outputs' tensors, which the caller disposes; all others are gone. */
export function play(
  tf: TensorFlow,
  { tape, constants }: Playable,
  given: Readonly<Record<string, Tensor>>,
  id: string,
): TfTensor[] {
  const engine = tf.engine();
  const tensors = new Array<TfTensor | undefined>(tape.slots);
  let outputs: TfTensor[] = [];
  engine.startScope();
  try {
    for (const [id, tensor] of constants) tensors[id] = tensor;
    for (const { name, slot, shape, order } of tape.inputs) {
      const numbers = laidOut(given[name]!.data, shape, order);
      tensors[slot.id] = tf.tensor(numbers, slot.shape, 'float32');
    }
    for (const call of tape.calls) {
      try {
        tensors[call.output.id] = engine.runKernel(
          call.kernel,
          operands(call, tensors),
          call.attributes,
        );
      } catch (cause) {
        throw failed(id, call, cause);
      }
      for (const id of call.release) tensors[id]!.dispose();
    }
    outputs = tape.outputs.map(({ slot }) => tensors[slot.id]!);
    return outputs;
  } finally {
    engine.endScope(outputs);
  }
}

function failed(id: string, { kernel, layer }: Call, cause: unknown): PatternLensError {
  const where = layer === undefined ? '' : ` of layer "${layer}"`;
  return new PatternLensError(
    'adapter-tfjs',
    'backend-failed',
    `${id}: the kernel ${kernel}${where} failed: ${messageOf(cause)}`,
    { backend: id, ...(layer === undefined ? {} : { layer }) },
    cause,
  );
}
