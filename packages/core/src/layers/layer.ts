import type { ConvAttributes, PoolAttributes } from '../program/window.js';
import type { Value } from '../program/program-builder.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import type { ActivationAttributes } from './activation-functions.js';
import type { LayerScope } from './layer-definition.js';
import type { Parameter } from './parameter.js';

/* eslint-disable-next-line @typescript-eslint/no-empty-object-type -- layers without attributes */
type None = {};

/** Functions of one value, element by element, through which only gradients pass. */
export type PointwiseFunction = 'abs' | 'exp' | 'log' | 'sqrt' | 'erf' | 'reciprocal';

/** What a layer of a kind of its own computes, in primitives. */
export interface CustomAttributes {
  /** The kind as people read it. */
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly forward: (scope: LayerScope, options: Readonly<Record<string, unknown>>) => Value;
  /** What goes back to each input for an incoming gradient `r` of the output's shape. */
  readonly gradient: (
    scope: LayerScope,
    output: Value,
    r: Value,
    options: Readonly<Record<string, unknown>>,
  ) => readonly Value[];
}

/** The attributes of every kind of layer, by its name. */
export interface LayerAttributes {
  /** `y = x w' + b` over the last axis; weights `[outputs, inputs]`, bias broadcasting against the output without its batch axis. */
  readonly dense: None;
  /** Any number of spatial axes, depthwise included; weights `[outputs, inputs/groups, ...kernel]`. */
  readonly convolution: ConvAttributes;
  /** The transpose of a convolution; weights `[inputs, outputs/groups, ...kernel]`. */
  readonly 'transposed-convolution': ConvAttributes & { readonly outputSpatial: readonly number[] };
  /** A diagonal linear layer: `y = x w + b`, both broadcasting against the input without its batch axis. */
  readonly scale: None;
  /** Along axis 1, with stored statistics; parameters `scale`, `shift`, `mean`, `variance`, each `[channels]`. */
  readonly 'batch-normalisation': { readonly epsilon: number };
  /** Across channels: `x / (bias + alpha/size * sum of squares)^beta`. */
  readonly 'local-response-normalisation': {
    readonly size: number;
    readonly alpha: number;
    readonly beta: number;
    readonly bias: number;
  };
  /** Adds `value`, which broadcasts against the input without its batch axis. */
  readonly 'add-constant': None;
  /** `value` where `mask` is 0; both broadcast against the input without its batch axis. */
  readonly 'mask-constant': None;
  readonly rectifier: None;
  /** Any other activation; the parametric rectifier has a parameter `slope`. */
  readonly activation: ActivationAttributes;
  readonly softmax: { readonly axis: number };
  readonly 'log-softmax': { readonly axis: number };
  /** The end pads hold what ceil mode adds. */
  readonly 'max-pool': PoolAttributes;
  /** The end pads hold what ceil mode adds; `counted` are the pads that count in the divisor (none: `[0, 0]` each). */
  readonly 'average-pool': PoolAttributes & {
    readonly countedBegin: readonly number[];
    readonly countedEnd: readonly number[];
  };
  /** Over the given axes, which are kept with size 1. */
  readonly mean: { readonly axes: readonly number[] };
  readonly sum: { readonly axes: readonly number[] };
  readonly 'maximum-over-axes': { readonly axes: readonly number[] };
  /** The sum of all inputs, each with its sign. */
  readonly add: { readonly signs: readonly (1 | -1)[] };
  readonly concat: { readonly axis: number };
  readonly product: None;
  readonly quotient: None;
  readonly 'matrix-product': None;
  /** The base to the power of a second input, or of the parameter `exponent`. */
  readonly power: None;
  readonly maximum: None;
  readonly minimum: None;
  readonly pointwise: { readonly function: PointwiseFunction };
  readonly reshape: { readonly shape: Shape };
  readonly transpose: { readonly permutation: readonly number[] };
  readonly slice: {
    readonly starts: readonly number[];
    readonly sizes: Shape;
    readonly steps: readonly number[];
  };
  readonly pad: {
    readonly begin: readonly number[];
    readonly end: readonly number[];
    readonly value: number;
  };
  readonly gather: { readonly axis: number; readonly indices: readonly number[] };
  readonly expand: { readonly shape: Shape };
  /** One matrix `[out, in]` for each resized axis. */
  readonly resize: { readonly axes: readonly { readonly axis: number; readonly matrix: Tensor }[] };
  readonly dropout: None;
  /** A kind that PatternLens does not know, which is known by what it computes. */
  readonly custom: CustomAttributes;
  readonly identity: None;
}

export type LayerKind = keyof LayerAttributes;

/** One application of a layer in a network. It has one output; what has several is imported as several layers. */
export interface LayerOf<K extends LayerKind> {
  readonly kind: K;
  /** Unique in the network. */
  readonly name: string;
  /** Names of the values that are read. */
  readonly inputs: readonly string[];
  /** Name of the value that is made. */
  readonly output: string;
  readonly attributes: LayerAttributes[K];
  readonly parameters: Readonly<Record<string, Parameter>>;
}

export type Layer = { [K in LayerKind]: LayerOf<K> }[LayerKind];

export const LINEAR_KINDS = ['dense', 'convolution', 'transposed-convolution', 'scale'] as const;
export type LinearKind = (typeof LINEAR_KINDS)[number];
export type LinearLayer =
  LayerOf<'dense'> | LayerOf<'convolution'> | LayerOf<'transposed-convolution'> | LayerOf<'scale'>;

/** Linear layers have weights, a rule for every method, and all but `scale` have patterns of their own. */
export function isLinear(layer: Layer): layer is LinearLayer {
  return (LINEAR_KINDS as readonly string[]).includes(layer.kind);
}

/** The layers that patterns are fitted for. */
export type FittedLayer = Exclude<LinearLayer, LayerOf<'scale'>>;

export function isFitted(layer: Layer): layer is FittedLayer {
  return isLinear(layer) && layer.kind !== 'scale';
}

/** The kind as people read it: an activation goes by its function. */
export function kindOf(layer: Layer): string {
  if (layer.kind === 'activation') return layer.attributes.function;
  if (layer.kind === 'custom') return layer.attributes.type;
  return layer.kind === 'pointwise' ? layer.attributes.function : layer.kind;
}
