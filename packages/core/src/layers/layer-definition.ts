import type { ProgramBuilder, Value } from '../program/program-builder.js';
import type { Shape } from '../tensor/shape.js';
import type { ExpectedMagnitude } from './expected-magnitude.js';
import type { LayerWith } from './layer-with.js';
import type { Reach } from './reach/reach.js';

/** What a layer sees while it is traced. */
export interface LayerScope {
  readonly ops: ProgramBuilder;
  readonly inputs: readonly Value[];
  /** A parameter of the layer as a constant of the program. */
  readonly parameter: (name: string) => Value;
  readonly optional: (name: string) => Value | undefined;
  /** A 0/1 decision of the layer (a rectifier's mask, a pool's switches): made here, or handed in where gates are inputs of the program. */
  readonly mask: (name: string, make: () => Value) => Value;
  /** Gates are inputs of the program: the value has to follow them. */
  readonly masksGiven: boolean;
}

/** What composites ask of a layer to choose its rule. One of the group `maximum` takes each of its values from one place, which wins. A `self-gated` activation is its input times a share that it makes of it. To an `other` layer only gradient methods have an answer. */
export type LayerGroup =
  | 'linear'
  | 'rectifier'
  | 'clip'
  | 'leaky'
  | 'smooth-monotone'
  | 'self-gated'
  | 'response-normalisation'
  | 'maximum'
  | 'average'
  | 'sum'
  | 'layout'
  | 'other';

/** What a layer tells of the order of its input's axes: where it takes the channels to be; `kept` where its value has its axes in the same order; the
 * permutation where it has them in another; `unknown` where nothing follows. */
type AxisOrder<Attributes> =
  | 'channels-at-1'
  | 'channels-last'
  | 'kept'
  | 'unknown'
  | ((attributes: Attributes) => readonly number[]);

/** What is known where something comes back through a layer. */
interface Backward<Attributes> {
  readonly attributes: Attributes;
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  /** The share of positions where each channel of the layer's first input is positive. */
  readonly open: () => number | ArrayLike<number>;
}

/** All that is known of a kind of layer. */
export interface LayerDefinition<Attributes> {
  readonly group: LayerGroup | ((attributes: Attributes) => LayerGroup);
  /** The kind as people read it, where that is not its name. */
  readonly title?: (attributes: Attributes) => string;
  readonly axisOrder: AxisOrder<Attributes>;
  /** Parameters may hold infinities; else they are refused before anything runs. */
  readonly takesInfinity?: true;
  /** The layer's value. */
  readonly forward: (layer: LayerWith<Attributes>, scope: LayerScope) => Value;
  /** What goes back to each input for an incoming gradient `r` of the output's shape. */
  readonly gradient: (
    layer: LayerWith<Attributes>,
    scope: LayerScope,
    output: Value,
    r: Value,
  ) => readonly Value[];
  /** What it reads of each of its inputs to make a part of its value. */
  readonly reach: Reach<Attributes>;
  /** What is expected to come back to input number `index`, where a rule says nothing of it. */
  readonly expectedMagnitude: (
    magnitude: ExpectedMagnitude,
    index: number,
    backward: Backward<Attributes>,
  ) => ExpectedMagnitude;
}

export type AttributesOf<Definition> = Definition extends {
  readonly forward: (layer: LayerWith<infer Attributes>, scope: LayerScope) => Value;
}
  ? Attributes
  : never;
