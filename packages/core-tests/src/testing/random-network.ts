import { type Network, type Tensor } from '@patternlens/core';
import { createNetwork, type Layer, type Parameter } from '@patternlens/core/network';
import { layerOf } from './layer-of.js';
import { random, type Random } from './random.js';

const N = { batch: 1 };

/** A map of a network that is being drawn: `[N, channels, size, size]`. */
interface Drawn {
  readonly name: string;
  readonly channels: number;
  readonly size: number;
}

export interface RandomNetworkOptions {
  /** Number of blocks between the input and the head; default 3. */
  readonly blocks?: number;
  /** Default: one that can be cut (16 channels and more) or not. */
  readonly channels?: readonly number[];
  /** How the network ends; default: drawn. */
  readonly head?: 'dense' | 'convolution';
  /** Weights and inputs of small whole numbers, so that sums are exactly zero and maxima tie; default: no. */
  readonly whole?: boolean;
}

/** Draws layers one behind the other. Weights keep the size of what passes, so that deep networks neither die nor explode. */
class Sketch {
  readonly layers: Layer[] = [];
  readonly #r: Random;
  readonly #channels: readonly number[];
  readonly #whole: boolean;

  constructor(r: Random, channels: readonly number[], whole: boolean) {
    this.#r = r;
    this.#channels = channels;
    this.#whole = whole;
  }

  #name(kind: string): string {
    return `${kind}${this.layers.length}`;
  }

  #draw(shape: readonly number[], size: number): Tensor {
    if (this.#whole) return this.#r.small(shape);
    const { data } = this.#r.normal(shape);
    return { data: data.map((value) => value * size), shape };
  }

  add(layer: Layer): string {
    this.layers.push(layer);
    return layer.output;
  }

  weights(outputs: number, inputs: number, kernel: readonly number[]): Record<string, Tensor> {
    const each = inputs * kernel.reduce((total, size) => total * size, 1);
    const weights = this.#draw([outputs, inputs, ...kernel], Math.sqrt(2 / each));
    const bias = this.#draw([outputs, ...kernel.map(() => 1)], 1 / 4);
    return this.#r.uniform() < 0.8 ? { weights, bias } : { weights };
  }

  convolution(
    from: Drawn,
    channels: number,
    kernel: number,
    parameters = this.weights(channels, from.channels, [kernel, kernel]),
    name = this.#name('conv'),
  ): Drawn {
    const pad = (kernel - 1) / 2;
    const attributes = {
      strides: [1, 1],
      dilations: [1, 1],
      padsBegin: [pad, pad],
      padsEnd: [pad, pad],
      groups: 1,
    };
    return {
      name: this.add(layerOf('convolution', name, from.name, attributes, parameters)),
      channels,
      size: from.size,
    };
  }

  rectified(from: Drawn): Drawn {
    return { ...from, name: this.add(layerOf('rectifier', this.#name('relu'), from.name, {})) };
  }

  /** A convolution and its rectifier. */
  plain(from: Drawn): Drawn {
    return this.rectified(
      this.convolution(from, this.#r.pick(this.#channels), this.#r.pick([1, 3])),
    );
  }

  pool(from: Drawn): Drawn {
    const kernel = this.#r.pick([2, 3]);
    if (from.size < 4) return from;
    // Ceil mode: the last window may stand over the border.
    const over = (2 - ((from.size - kernel) % 2)) % 2;
    const window = {
      kernel: [kernel, kernel],
      strides: [2, 2],
      dilations: [1, 1],
      padsBegin: [0, 0],
      padsEnd: [over, over],
    };
    const average = this.#r.uniform() < 0.2;
    const layer = average
      ? layerOf('average-pool', this.#name('average'), from.name, {
          ...window,
          countedBegin: [0, 0],
          countedEnd: [0, 0],
        })
      : layerOf('max-pool', this.#name('pool'), from.name, window);
    return { ...from, name: this.add(layer), size: (from.size + over - kernel) / 2 + 1 };
  }

  /** Two branches joined along channels, as in SqueezeNet; its pool may follow at once. */
  fire(from: Drawn): Drawn {
    const squeezed = this.plain(from);
    const [one, three] = [1, 3].map((kernel) =>
      this.rectified(this.convolution(squeezed, this.#r.pick(this.#channels), kernel)),
    ) as [Drawn, Drawn];
    const name = this.#name('concat');
    const layer = layerOf('concat', name, [one.name, three.name], { axis: 1 });
    const joined = {
      name: this.add(layer),
      channels: one.channels + three.channels,
      size: from.size,
    };
    return this.#r.uniform() < 0.7 ? this.pool(joined) : joined;
  }

  /** A residual block: added to, or taken from, what went in. */
  residual(from: Drawn): Drawn {
    const inner = this.plain(from);
    const conv = this.convolution(inner, from.channels, 3);
    const back = this.#r.uniform() < 0.5 ? conv : this.rectified(conv);
    const sign = this.#r.pick([1, 1, -1] as const);
    const name = this.#name('sum');
    this.add(layerOf('add', name, [back.name, from.name], { signs: [1, sign] }));
    return this.rectified({ ...from, name });
  }

  /** One convolution applied twice: the second use has a name of its own and the very same parameters. */
  shared(from: Drawn): Drawn {
    const name = this.#name('shared');
    const parameters = this.weights(from.channels, from.channels, [3, 3]);
    const once = this.rectified(this.convolution(from, from.channels, 3, parameters, name));
    return this.rectified(this.convolution(once, from.channels, 3, parameters, `${name}#2`));
  }

  block(from: Drawn): Drawn {
    const kind = this.#r.pick([
      'plain',
      'pool',
      'fire',
      'fire',
      'fire',
      'residual',
      'residual',
      'shared',
    ] as const);
    return this[kind](from);
  }

  flattened(from: Drawn): string {
    const shape = [N, from.channels * from.size ** 2];
    return this.add(layerOf('reshape', this.#name('flat'), from.name, { shape }));
  }

  dense(from: string, inputs: number, outputs: number): string {
    return this.add(
      layerOf('dense', this.#name('dense'), from, {}, this.weights(outputs, inputs, [])),
    );
  }

  /** A pointwise convolution to classes and their mean over positions, or two dense layers. */
  head(from: Drawn, kind: 'dense' | 'convolution', classes: number): string {
    if (kind === 'convolution') {
      const maps = this.rectified(this.convolution(from, classes, 1));
      const name = this.#name('mean');
      this.add(layerOf('mean', name, maps.name, { axes: [2, 3] }));
      return this.flattened({ name, channels: classes, size: 1 });
    }
    const first = this.dense(this.flattened(from), from.channels * from.size ** 2, 12);
    return this.dense(this.add(layerOf('rectifier', this.#name('relu'), first, {})), 12, classes);
  }
}

/** A small image network by seed: convolutions, pools of 2x2 and 3x3 with stride 2, branches, sums, shared layers, and either head. */
export function randomNetwork(seed: number, options: RandomNetworkOptions = {}): Network {
  const r = random(seed);
  const { blocks = 3, channels = [3, 5, 16, 18], whole = false } = options;
  const sketch = new Sketch(r, channels, whole);
  const first = { name: 'image', channels: r.whole(1, 3), size: r.whole(5, 8) };
  let at = sketch.plain(first);
  for (let block = 0; block < blocks; block++) at = sketch.block(at);
  const output = sketch.head(at, options.head ?? r.pick(['dense', 'convolution']), 4);
  return createNetwork({
    inputs: [{ name: 'image', shape: [N, first.channels, first.size, first.size] }],
    outputs: [output],
    layers: sketch.layers,
  });
}

/** Samples for a network of one input. */
export function randomInputs(network: Network, seed: number, count: number, whole = false): Tensor {
  const [, ...rest] = network.inputs[0]!.shape as [unknown, ...number[]];
  const r = random(seed);
  return (whole ? r.small : r.normal)([count, ...rest]);
}

/** The same parameter, as its file's tensor of the given name. */
export function fromFile(parameter: Parameter, tensor: string): Parameter {
  return { ...parameter, origin: { tensor, shape: parameter.tensor.shape, steps: [] } };
}
