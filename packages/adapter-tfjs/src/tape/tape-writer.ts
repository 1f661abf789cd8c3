import type { Constant } from '../layout/constant.js';
import {
  operandsOf,
  type Call,
  type Port,
  type Slot,
  type SlotInputs,
  type Tape,
  type Upload,
} from './tape.js';

/** Writes a tape. The same call is not written twice, and calls that no output needs are left out. */
export class TapeWriter {
  readonly #calls: Call[] = [];
  readonly #uploads: Upload[] = [];
  readonly #inputs: Port[] = [];
  readonly #outputs: Port[] = [];
  readonly #written = new Map<string, Slot>();
  readonly #constants = new Map<object, Map<string, Slot>>();
  #slots = 0;
  #layer: string | undefined;

  /** The layer that calls are traced from until the next one is named. */
  inLayer(layer: string | undefined): void {
    this.#layer = layer;
  }

  #slot(shape: readonly number[]): Slot {
    return { id: this.#slots++, shape };
  }

  /** An input with its axes in the given order: it is laid out before it is handed over. */
  input(name: string, shape: readonly number[], order: readonly number[]): Slot {
    const key = `input ${order.join()} ${name}`;
    const known = this.#written.get(key);
    if (known) return known;
    const slot = this.#slot(order.map((axis) => shape[axis]!));
    this.#written.set(key, slot);
    this.#inputs.push({ name, slot, shape, order });
    return slot;
  }

  output(port: Port): void {
    this.#outputs.push(port);
  }

  /** A constant with its axes in the given order. */
  constant(
    constant: Constant,
    order: readonly number[],
    dtype: 'float32' | 'int32' = 'float32',
  ): Slot {
    const byKey = this.#constants.get(constant.root) ?? new Map<string, Slot>();
    this.#constants.set(constant.root, byKey);
    const key = `${constant.key}/${order.join()}/${dtype}`;
    const known = byKey.get(key);
    if (known) return known;
    const slot = this.#slot(order.map((axis) => constant.shape[axis]!));
    byKey.set(key, slot);
    this.#uploads.push({ slot, constant, order, dtype });
    return slot;
  }

  /** The value of a kernel, whose shape the caller knows. */
  call(kernel: string, inputs: SlotInputs, attributes: object, shape: readonly number[]): Slot {
    const read = operandsOf({ inputs })
      .map(({ id, shape: dims }) => `${id}:${dims.join()}`)
      .join(' ');
    const key = `${kernel}(${Array.isArray(inputs) ? '' : Object.keys(inputs).join()}:${read})${JSON.stringify(attributes)}`;
    const known = this.#written.get(key);
    if (known) return known;
    const output = this.#slot(shape);
    this.#written.set(key, output);
    this.#calls.push({ kernel, inputs, attributes, output, layer: this.#layer });
    return output;
  }

  build(): Tape {
    const needed = new Set(this.#outputs.map(({ slot }) => slot.id));
    const calls = this.#calls
      .toReversed()
      .filter((call) => {
        if (!needed.has(call.output.id)) return false;
        for (const { id } of operandsOf(call)) needed.add(id);
        return true;
      })
      .toReversed();
    const uploads = this.#uploads.filter(({ slot }) => needed.has(slot.id));
    const kept = new Set([
      ...this.#outputs.map(({ slot }) => slot.id),
      ...uploads.map(({ slot }) => slot.id),
    ]);
    const released = calls
      .toReversed()
      .map((call) => {
        const release = [...new Set(operandsOf(call).map(({ id }) => id))].filter(
          (id) => !kept.has(id),
        );
        for (const id of release) kept.add(id);
        return { ...call, release };
      })
      .toReversed();
    return {
      slots: this.#slots,
      inputs: this.#inputs.filter(({ slot }) => needed.has(slot.id)),
      uploads,
      calls: released,
      outputs: this.#outputs,
    };
  }
}
