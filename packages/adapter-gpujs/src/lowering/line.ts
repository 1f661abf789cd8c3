import type { Shape } from '@patternlens/core';
import type {
  ConvAttributes,
  Operation,
  OperationOf,
  PoolAttributes,
  WindowAttributes,
} from '@patternlens/core/backend';

/** How a convolution's gradient to its input reads what comes back, along one axis. */
export interface PhasedAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pad: number;
  /** Positions of the input that differ in which offsets of the kernel reach them. */
  readonly phases: number;
  /** Offsets that reach each of them. */
  readonly taps: number;
}

/** What programs are made of once borders are written out and pools remember which offset won. */
export type LoweredOperation =
  | Exclude<
      Operation,
      OperationOf<'conv' | 'convInputGradient' | 'convWeightGradient' | 'poolSwitches' | 'gather'>
    >
  /** `x` moved by `begin`, with `value` around it; where `begin` is negative it is cut. */
  | { readonly kind: 'frame'; readonly begin: readonly number[]; readonly value: number }
  /** A convolution without padding. */
  | ({ readonly kind: 'slide' } & Pick<ConvAttributes, 'strides' | 'dilations' | 'groups'>)
  /** Weights `[O, C/groups, ...kernel]` to `[C, ...phases, O/groups, ...taps]`. */
  | { readonly kind: 'phaseWeights'; readonly axes: readonly PhasedAxis[]; readonly groups: number }
  /** The gradient to the input of a convolution with strides, from a framed `r` and phased weights. */
  | { readonly kind: 'slideBack'; readonly axes: readonly PhasedAxis[]; readonly groups: number }
  /** The gradient to the weights, from a framed `x` and `r`. */
  | ({ readonly kind: 'weightSums' } & Pick<ConvAttributes, 'strides' | 'dilations' | 'groups'>)
  /** The entries of one axis at indices that are an operand. */
  | { readonly kind: 'gatherRows'; readonly axis: number }
  /** `[..., m, k]` by `[..., n, k]`. */
  | { readonly kind: 'matmulRows' }
  /** Which offset of each window won, in row-major order; -1 where a window holds padding only. */
  | ({ readonly kind: 'poolChoices' } & PoolAttributes)
  /** Choices as switches. */
  | ({ readonly kind: 'switchesOf' } & WindowAttributes)
  | ({ readonly kind: 'poolByChoices' } & PoolAttributes)
  | ({ readonly kind: 'unpoolByChoices' } & PoolAttributes & {
        readonly inputSpatial: readonly number[];
      });

export type LoweredKind = LoweredOperation['kind'];
export type LoweredOf<K extends LoweredKind> = Extract<LoweredOperation, { kind: K }>;

/** One line of a lowered program. */
export interface Line {
  readonly operation: LoweredOperation;
  readonly operands: readonly number[];
  readonly shape: Shape;
  /** Whether its value is known before the program runs. */
  readonly isConstant: boolean;
}

export interface LoweredPort {
  readonly name: string;
  readonly line: number;
}

export interface LoweredProgram {
  readonly lines: readonly Line[];
  readonly outputs: readonly LoweredPort[];
}
