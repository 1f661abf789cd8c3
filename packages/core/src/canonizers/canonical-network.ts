import type { Network } from '../network/network.js';
import type { InputAxes } from '../network/input-axes.js';
import type { HeadKind } from './cut-head.js';

declare const canonical: unique symbol;

/** A network in the form that rules are written for, with all that belongs to it: only `canonize` makes one, so what takes one
 * can rely on it.
 * @typeParam E The extensions that it carries. A function that takes a network says which of them it reads. */
export interface CanonicalNetwork<out E = unknown> extends Network {
  readonly [canonical]: true;
  readonly extensions: E;
  /** What its first output ended in, where that was cut. */
  readonly head: HeadKind | undefined;
  /** Which axis is what, by the name of the input. */
  readonly axes: ReadonlyMap<string, InputAxes>;
}

/** Whether a network has its canonical form, made with what it carries. */
export const isCanonical = (network: Network): network is CanonicalNetwork =>
  'extensions' in network && 'axes' in network;
