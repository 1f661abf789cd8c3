import type { Constant } from '../layout/constant.js';

/** A physical tensor of a tape, as kernels read and write it. Slots of one `id` are the same numbers under different shapes. */
export interface Slot {
  readonly id: number;
  readonly shape: readonly number[];
}

/** A list of operands, for kernels that take any number, or operands by name. */
export type SlotInputs = Readonly<Record<string, Slot>> | readonly Slot[];

/** One call of a kernel of TensorFlow.js. */
export interface Call {
  readonly kernel: string;
  readonly inputs: SlotInputs;
  readonly attributes: object;
  readonly output: Slot;
  /** The layer that it was traced from. */
  readonly layer?: string | undefined;
}

/** A constant in the order of axes, and of the type, that kernels read it in. */
export interface Upload {
  readonly slot: Slot;
  readonly constant: Constant;
  readonly order: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/** What goes in or comes out: its logical shape, and the order in which its slot has the axes. */
export interface Port {
  readonly name: string;
  readonly slot: Slot;
  readonly shape: readonly number[];
  readonly order: readonly number[];
}

/** A program for one batch size as calls of kernels, one after the other. */
export interface Tape {
  readonly slots: number;
  readonly inputs: readonly Port[];
  readonly uploads: readonly Upload[];
  readonly calls: readonly (Call & {
    /** Slots that nothing reads behind this call. */
    readonly release: readonly number[];
  })[];
  readonly outputs: readonly Port[];
}

export const operandsOf = ({ inputs }: Pick<Call, 'inputs'>): readonly Slot[] =>
  Array.isArray(inputs) ? (inputs as readonly Slot[]) : Object.values(inputs);
