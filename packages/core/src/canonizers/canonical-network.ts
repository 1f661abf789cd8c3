import type { Network } from '../network/network.js';
import type { InputAxes } from '../network/input-axes.js';
import type { HeadKind } from './cut-head.js';

declare const canonical: unique symbol;

/** A network in the form that rules are written for, with everything that belongs to it. `resolveNetwork` makes it, so code that takes one can rely on its form.
 * @typeParam E The extensions that it carries. A function that takes a network says which of them it reads. */
export interface CanonicalNetwork<out E = unknown> extends Network {
  readonly [canonical]: true;
  /** Methods, rules and estimators, those of plug-ins included. */
  readonly extensions: E;
  /** The softmax, log-softmax or sigmoid that its first output ended in, where that was cut off. */
  readonly head: HeadKind | undefined;
  /** Where each input has its batch, channels and spatial axes, by the name of the input. */
  readonly axes: ReadonlyMap<string, InputAxes>;
}

/** Whether a network has its canonical form, made with what it carries. */
export const isCanonical = (network: Network): network is CanonicalNetwork =>
  'extensions' in network && 'axes' in network;
