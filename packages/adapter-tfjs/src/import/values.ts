import type { Dim, Origin, Shape, Tensor } from '@patternlens/core';

/** A value that exists only when the network runs. */
export interface RuntimeValue {
  readonly kind: 'runtime';
  /** The network's name of it. */
  readonly name: string;
  /** Its shape as TensorFlow sees it. */
  readonly shape: Shape;
  /** The network holds it as batch, channels, spatial, where TensorFlow has the channels last. */
  readonly channelsFirst: boolean;
}

/** Numbers that are known when the files are read. */
export interface ConstantValue {
  readonly kind: 'constant';
  readonly tensor: Tensor;
  /** Whole numbers, which TensorFlow divides and rounds as such. */
  readonly integer: boolean;
  /** The file's tensor, where these are its numbers, perhaps laid out anew. */
  readonly origin?: Origin | undefined;
}

/** Whole numbers about shapes, some of which depend on the batch: a list, or one number. */
export interface SizesValue {
  readonly kind: 'sizes';
  readonly dims: readonly Dim[];
  readonly scalar: boolean;
}

export type KnownValue = ConstantValue | SizesValue;
export type Imported = RuntimeValue | KnownValue;

/** Where numbers of the file come from. */
export const originOf = (name: string, shape: readonly number[]): Origin => ({
  tensor: name,
  shape,
  steps: [],
});
