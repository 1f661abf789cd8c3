import { type Network, type TensorRecord } from '@patternlens/core';
import { resolveShape } from '@patternlens/core/tensor';
import { drawer } from '../layers/draw.js';

/** A small network that methods are run on, and patterns fitted for. */
export interface NetworkSample {
  readonly name: string;
  readonly network: Network;
}

/** Inputs of a network by seed, normal numbers. */
export function networkInputs(network: Network, batch: number, seed: number): TensorRecord {
  const make = drawer('normal', seed);
  return Object.fromEntries(
    network.inputs.map(({ name, shape }) => [name, make(resolveShape(shape, batch))]),
  );
}
