import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** How a kernel moves over its input, one number per spatial axis. Negative pads are not allowed. */
export interface WindowAttributes {
  readonly strides: readonly number[];
  readonly padsBegin: readonly number[];
  readonly padsEnd: readonly number[];
  readonly dilations: readonly number[];
}

export interface ConvAttributes extends WindowAttributes {
  readonly groups: number;
}

/** Padding of a pool is minus infinity for maxima and zero for averages. */
export interface PoolAttributes extends WindowAttributes {
  readonly kernel: readonly number[];
}

export type Relation = 'greater' | 'greaterOrEqual' | 'less' | 'lessOrEqual' | 'equal';

export const UNARY = [
  'neg',
  'abs',
  'exp',
  'log',
  'sqrt',
  'tanh',
  'sigmoid',
  'erf',
  'relu',
] as const;
export const BINARY = ['add', 'sub', 'mul', 'div', 'safeDiv', 'min', 'max', 'pow'] as const;
export type UnaryKind = (typeof UNARY)[number];
export type BinaryKind = (typeof BINARY)[number];

/* eslint-disable-next-line @typescript-eslint/no-empty-object-type -- operations without attributes */
type None = {};

/** The attributes of every primitive operation, by its name. What each one computes is defined by `@patternlens/reference`. */
export type OperationAttributes = Record<UnaryKind | BinaryKind, None> & {
  /** A value handed in when the program runs. */
  readonly input: { readonly name: string };
  /** Numbers known when the program is traced, in float64 where they were computed. */
  readonly constant: { readonly value: Tensor };
  /** 1 where the relation holds, else 0; operands broadcast. */
  readonly compare: { readonly relation: Relation };
  /** `select(mask, a, b)`: `a` where the mask is not 0, else `b`; operands broadcast. */
  readonly select: None;
  /** `[..., m, k]` by `[..., k, n]`, leading axes broadcast. */
  readonly matmul: None;
  /** `x [N, C, ...]` with `w [O, C/groups, ...kernel]` to `[N, O, ...]`, without a bias. */
  readonly conv: ConvAttributes;
  /** The transpose of `conv` in its input: `r [N, O, ...]`, `w` to `[N, C, ...inputSpatial]`. */
  readonly convInputGradient: ConvAttributes & { readonly inputSpatial: readonly number[] };
  /** The transpose of `conv` in its weights, summed over the batch: `x`, `r [N, O, ...]` to `[O, C/groups, ...kernel]`. */
  readonly convWeightGradient: ConvAttributes & { readonly kernel: readonly number[] };
  /** The largest value of each window; padding never wins. */
  readonly maxPool: PoolAttributes;
  /** `x` to 0/1 `[N, C, windowOffsets, ...out]`: 1 at the first offset, in row-major order, that equals the window's maximum. */
  readonly poolSwitches: PoolAttributes;
  /** `x`, `switches` to `[N, C, ...out]`: the value that each window's switch points at. */
  readonly poolBySwitches: PoolAttributes;
  /** `r [N, C, ...out]`, `switches` to `[N, C, ...inputSpatial]`: each value goes to where its switch points; overlaps are summed. */
  readonly unpool: PoolAttributes & { readonly inputSpatial: readonly number[] };
  /** The sum of each window, padding counting as zero, divided by the number of window offsets. */
  readonly avgPool: PoolAttributes;
  /** The transpose of `avgPool`: `r [N, C, ...out]` to `[N, C, ...inputSpatial]`. */
  readonly avgPoolInputGradient: PoolAttributes & { readonly inputSpatial: readonly number[] };
  readonly reshape: { readonly shape: Shape };
  readonly transpose: { readonly permutation: readonly number[] };
  /** Repeats axes of size 1, and adds leading axes, until the shape is reached. */
  readonly broadcast: { readonly shape: Shape };
  readonly pad: {
    readonly begin: readonly number[];
    readonly end: readonly number[];
    readonly value: number;
  };
  /** Elements `starts[axis] + i * steps[axis]` for `i < sizes[axis]`; an axis that depends on the batch is taken whole. Steps are positive. */
  readonly slice: {
    readonly starts: readonly number[];
    readonly sizes: Shape;
    readonly steps: readonly number[];
  };
  readonly concat: { readonly axis: number };
  /** Sums over the axes, which are kept with size 1. */
  readonly reduceSum: { readonly axes: readonly number[] };
  /** The largest over the axes, which are kept with size 1. */
  readonly reduceMax: { readonly axes: readonly number[] };
  /** The index of the first largest value along the last axis, which is dropped. */
  readonly argMax: None;
  /** Indices `[...]` to 0/1 `[..., size]`; an index outside gives zeros. */
  readonly oneHot: { readonly size: number };
  /** The entries of one axis at constant indices. */
  readonly gather: { readonly axis: number; readonly indices: readonly number[] };
};

export type OperationKind = keyof OperationAttributes;
export type OperationOf<K extends OperationKind> = { readonly kind: K } & OperationAttributes[K];
export type Operation = { [K in OperationKind]: OperationOf<K> }[OperationKind];
