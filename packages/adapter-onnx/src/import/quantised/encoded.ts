import type { Tensor } from '@patternlens/core';
import { zipTensors } from '@patternlens/core/tensor';
import type { Imported, RuntimeValue } from '@patternlens/importing';

/** A scale: what `DynamicQuantizeLinear` nodes find in the data, by their names, times numbers of the file. */
export interface Scale {
  readonly dynamic: readonly string[];
  /** Broadcasts against the value. */
  readonly factor: Tensor;
}

/** A zero point: numbers of the file, which broadcast against the value, or what a `DynamicQuantizeLinear` node finds in the data. */
export type Zero = Tensor | { readonly dynamic: string };

/** A value of the file whose numbers stand for real ones, `real = (number - zero) * scale`. The network computes with the real ones: roundings pass
 * straight through. */
export interface Encoded {
  readonly kind: 'encoded';
  /** The file's name of it. */
  readonly name: string;
  /** The type of its elements, by ONNX's number. */
  readonly elements: number;
  readonly scale: Scale;
  readonly zero: Zero;
  /** The real numbers.
   * @param output What the network is to call them, where they are not made yet. */
  readonly real: (output?: string) => RuntimeValue;
  /** Of a linear layer that is not made yet: the real numbers times a factor, which goes into its weights; undefined where it does not fit them. */
  readonly scaled?: (output: string, factor: Tensor) => RuntimeValue | undefined;
}

/** What dynamic quantisation makes beside its numbers. */
type Dynamic =
  | { readonly kind: 'scale'; readonly scale: Scale }
  | { readonly kind: 'zero'; readonly zero: { readonly dynamic: string } };

export type Held = Encoded | Dynamic;

/** What a node of a quantised network reads. */
export type Read = Imported | Held | undefined;

export const isHeld = (value: Read): value is Held =>
  value?.kind === 'encoded' || value?.kind === 'scale' || value?.kind === 'zero';

const scalar = (value: number): Tensor => ({ data: Float64Array.of(value), shape: [] });

export const fixedScale = (factor: Tensor): Scale => ({ dynamic: [], factor });

export const ONE: Scale = fixedScale(scalar(1));
export const NOTHING: Tensor = scalar(0);

export const timesScale = (a: Scale, b: Scale): Scale => ({
  dynamic: [...a.dynamic, ...b.dynamic],
  factor: zipTensors(a.factor, b.factor, (one, two) => one * two),
});

/** A scale divided by another; undefined where what is found in the data does not cancel. */
export function overScale(a: Scale, b: Scale): Scale | undefined {
  const left = [...a.dynamic];
  for (const name of b.dynamic) {
    const at = left.indexOf(name);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return { dynamic: left, factor: zipTensors(a.factor, b.factor, (one, two) => one / two) };
}

export const isDynamic = (zero: Zero): zero is { readonly dynamic: string } => 'dynamic' in zero;

export const isNothing = (zero: Zero): boolean =>
  !isDynamic(zero) && zero.data.every((value) => value === 0);

const sameNumbers = (a: Tensor, b: Tensor): boolean =>
  (a.data.length === b.data.length && a.data.every((value, at) => value === b.data[at])) ||
  [a, b].every(({ data }) => data.every((value) => value === a.data[0]));

export function sameZero(a: Zero, b: Zero): boolean {
  if (isDynamic(a) || isDynamic(b)) return isDynamic(a) && isDynamic(b) && a.dynamic === b.dynamic;
  return sameNumbers(a, b);
}

export const sameScale = (a: Scale, b: Scale): boolean =>
  [...a.dynamic].sort().join('\n') === [...b.dynamic].sort().join('\n') &&
  sameNumbers(a.factor, b.factor);

/** Whether the numbers are the real ones: whole numbers as they are. */
export const isPlain = ({ scale, zero, scaled }: Encoded): boolean =>
  scaled === undefined && isNothing(zero) && sameScale(scale, ONE);
