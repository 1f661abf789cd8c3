import { type Network, PatternLensError, suggestion } from '@patternlens/core';
import { buildChain, type ArchitectureOptions } from './architecture-options.js';
import type { LayerChain, Window } from './layer-chain.js';

export type AllCnnModel = 'A' | 'B' | 'C';

/** How the networks of the paper come from their base model: `base` has 3x3 max pools of stride 2; `strided` drops them and lets the
 * convolution before each take their stride; `conv-pool` keeps them behind one more 3x3 convolution; `all` puts a 3x3 convolution of stride 2
 * in their place. */
export type AllCnnVariant = 'all' | 'base' | 'strided' | 'conv-pool';

export interface AllCnnOptions extends ArchitectureOptions {
  /** Default `all`. */
  readonly variant?: AllCnnVariant | undefined;
}

/** Kernels of the convolutions of one stage before its pool. */
const STAGE: Readonly<Record<AllCnnModel, readonly number[]>> = { A: [5], B: [5, 1], C: [3, 3] };
const VARIANTS: readonly AllCnnVariant[] = ['all', 'base', 'strided', 'conv-pool'];
const POOL: Window = { kernel: 3, stride: 2 };
const same = (kernel: number, stride = 1): Window => ({ kernel, stride, pad: (kernel - 1) / 2 });

/** The networks of Springenberg et al. 2015 ("Striving for Simplicity"), for images of 32 x 32 and 10 classes.
 *
 * | `all`, of model A | of model B       | of model C       | maps |
 * | ----------------- | ---------------- | ---------------- | ---- |
 * | 5x5               | 5x5, 1x1         | 3x3, 3x3         | 96   |
 * | 3x3 stride 2      | 3x3 stride 2     | 3x3 stride 2     | 96   |
 * | 5x5               | 5x5, 1x1         | 3x3, 3x3         | 192  |
 * | 3x3 stride 2      | 3x3 stride 2     | 3x3 stride 2     | 192  |
 * | 3x3, 1x1          | 3x3, 1x1         | 3x3, 1x1         | 192  |
 * | 1x1               | 1x1              | 1x1              | 10   |
 *
 * Every convolution has its rectifier and is padded to keep its size (halve it with stride 2); the mean over all positions and a softmax
 * follow. Dropout stands at the input and behind each pool or what takes its place. A pool's size is rounded up.
 * 1,254,250 (A), 1,300,618 (B) and 1,369,738 (C) parameters.
 * @throws PatternLensError for options out of range and weights of another shape, naming the layer. */
export function allCnn(model: AllCnnModel, options: AllCnnOptions = {}): Network {
  const { variant = 'all' } = options;
  known('model', model, Object.keys(STAGE));
  known('variant', variant, VARIANTS);
  return buildChain(options, { inputSize: 32, classes: 10 }, (chain, classes) => {
    let number = 0;
    const convolution = (filters: number, window: Window): void => {
      number++;
      chain.convolution(`conv${number}`, filters, window).rectifier(`relu${number}`);
    };
    chain.dropout('dropout1');
    [96, 192].forEach((filters, stage) => {
      STAGE[model].forEach((kernel, at) => {
        const last = at === STAGE[model].length - 1;
        convolution(filters, same(kernel, last && variant === 'strided' ? 2 : 1));
      });
      if (variant === 'conv-pool') convolution(filters, same(3));
      if (variant === 'all') convolution(filters, same(3, 2));
      if (variant === 'base' || variant === 'conv-pool') pool(chain, stage + 1);
      chain.dropout(`dropout${stage + 2}`);
    });
    convolution(192, same(3));
    convolution(192, same(1));
    convolution(classes, same(1));
    chain.globalAverage('mean').flatten('flatten');
  });
}

/** The size rounded up, as if the pool was padded at its end. */
const pool = (chain: LayerChain, stage: number): unknown =>
  chain.maxPool(`pool${stage}`, { ...POOL, padEnd: 1 });

function known(what: string, value: string, all: readonly string[]): void {
  if (all.includes(value)) return;
  throw new PatternLensError(
    'data',
    'invalid-argument',
    `allCnn: there is no ${what} "${value}". ${suggestion(value, all)}`,
  );
}
