import type { CaseGroup } from '../conformance-case.js';
import type { Tensor } from '@patternlens/core';
import type { OperationKind, OperationOf } from '@patternlens/core/backend';
import type { Evaluate, Faults, Line } from './line-by-line.js';

/** A backend with one fault, and which cases have to name it. */
export interface Mutant {
  readonly name: string;
  readonly faults: Faults;
  /** Subjects that have to fail. */
  readonly subjects: readonly string[];
  /** Every case that fails has such a name. */
  readonly named: RegExp;
  /** Default: primitives. */
  readonly groups?: readonly CaseGroup[];
}

/** A fault in one primitive; where it gives nothing, the line is right. */
export function inPrimitive<K extends OperationKind>(
  kind: K,
  wrong: (
    line: Line & { readonly operation: OperationOf<K> },
    evaluate: Evaluate,
  ) => Tensor | undefined,
): Faults {
  const isOfKind = (line: Line): line is Line & { readonly operation: OperationOf<K> } =>
    line.operation.kind === kind;
  return {
    kind,
    line: (line, evaluate) =>
      (isOfKind(line) ? wrong(line, evaluate) : undefined) ?? evaluate(line),
  };
}

/** A fault in attributes. */
export const inAttributes = <K extends OperationKind>(
  kind: K,
  wrong: (operation: OperationOf<K>) => Partial<OperationOf<K>>,
): Faults =>
  inPrimitive(kind, (line, evaluate) =>
    evaluate({ ...line, operation: { ...line.operation, ...wrong(line.operation) } }),
  );

/** A fault in what one function of one value gives. */
export const inFunction = (kind: OperationKind, wrong: (x: number) => number): Faults =>
  inPrimitive(kind, ({ operands: [x], shape }) => ({
    data: Float64Array.from(x!.data, wrong),
    shape,
  }));

export const mapped = (
  { data, shape }: Tensor,
  change: (value: number, at: number) => number,
): Tensor => ({
  data: Float64Array.from(data, change),
  shape,
});

/** The number nearest to a value that half precision has. */
export function toHalf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), -14);
  const step = 2 ** (exponent - 10);
  const rounded = Math.round(value / step) * step;
  return Math.abs(rounded) > 65504 ? Math.sign(value) * Infinity : rounded;
}
