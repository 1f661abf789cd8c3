import type { ProgramBuilder, Value } from '../program/program-builder.js';
import type { LayerKind, LayerOf } from './layer.js';

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

/** A kind of layer: its value, and how a gradient passes back through it. */
export interface LayerDefinition<K extends LayerKind> {
  readonly forward: (layer: LayerOf<K>, scope: LayerScope) => Value;
  /** What goes back to each input for an incoming gradient `r` of the output's shape. */
  readonly gradient: (
    layer: LayerOf<K>,
    scope: LayerScope,
    output: Value,
    r: Value,
  ) => readonly Value[];
}
