import { type Network, PatternLensError } from '@patternlens/core';
import { LayerChain } from './layer-chain.js';
import { parameterReader, type WeightSource } from './weight-source.js';

/** What can be chosen of every architecture. */
export interface ArchitectureOptions {
  /** Height and width of the input in pixels; default: as in the paper. */
  readonly inputSize?: number | undefined;
  /** Channels of the input; default 3. */
  readonly channels?: number | undefined;
  /** Default: as in the paper. */
  readonly classes?: number | undefined;
  /** End in a softmax; default true. */
  readonly softmax?: boolean | undefined;
  /** Seed of the weights where none are handed in: He's, uniform, float32; default 1. */
  readonly seed?: number | undefined;
  /** Weights by `LAYER/weights` and `LAYER/bias`. */
  readonly weights?: WeightSource | undefined;
}

const count = (name: string, value: number, least: number): number => {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new PatternLensError(
    'data',
    'invalid-argument',
    `${name}: expected a whole number of at least ${least}, got ${value}.`,
  );
};

/** Builds a network of layers one behind the other: `body` adds all layers but the softmax. */
export function buildChain(
  options: ArchitectureOptions,
  paper: { readonly inputSize: number; readonly classes: number },
  body: (chain: LayerChain, classes: number) => unknown,
): Network {
  const size = count('inputSize', options.inputSize ?? paper.inputSize, 1);
  const channels = count('channels', options.channels ?? 3, 1);
  const classes = count('classes', options.classes ?? paper.classes, 1);
  const seed = count('seed', options.seed ?? 1, 0);
  const chain = new LayerChain([channels, size, size], parameterReader(options.weights, seed));
  body(chain, classes);
  if (options.softmax !== false) chain.softmax('softmax');
  return chain.network();
}
