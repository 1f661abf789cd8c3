import { type Network, type NetworkInput, type Tensor } from '@patternlens/core';
import { type ConvAttributes } from '@patternlens/core/backend';
import {
  createNetwork,
  type Layer,
  type LayerAttributes,
  type LayerKind,
} from '@patternlens/core/network';
import { drawer, positive, type Drawer } from '../layers/draw.js';
import { layerOf } from '../layers/layer-of.js';

export interface SketchOptions {
  /** Default: with. */
  readonly bias?: boolean;
}

/** Draws a network layer by layer; each is named for its kind and its number. Weights keep the size of what passes. */
export class Sketch {
  readonly #layers: Layer[] = [];
  readonly #make: Drawer;
  readonly #bias: boolean;

  constructor(seed: number, { bias = true }: SketchOptions = {}) {
    this.#make = drawer('normal', seed);
    this.#bias = bias;
  }

  layer<K extends LayerKind>(
    kind: K,
    from: string | readonly string[],
    attributes: LayerAttributes[K],
    parameters: Readonly<Record<string, Tensor>> = {},
  ): string {
    const name = `${kind}${this.#layers.length}`;
    this.#layers.push(layerOf(kind, name, from, attributes, parameters));
    return name;
  }

  #weights(shape: readonly number[], inputs: number, bias: readonly number[]) {
    const weights = this.#make(shape, Math.sqrt(2 / inputs));
    return this.#bias ? { weights, bias: this.#make(bias, 0.25) } : { weights };
  }

  dense(from: string, inputs: number, outputs: number): string {
    const parameters = this.#weights([outputs, inputs], inputs, [outputs]);
    return this.layer('dense', from, {}, parameters);
  }

  /** Weights `[outputs, inputs / groups, ...kernel]`; padded by half the kernel unless said otherwise. */
  convolution(
    from: string,
    weights: readonly number[],
    changes: Partial<ConvAttributes> = {},
  ): string {
    const [outputs, perGroup, ...kernel] = weights as [number, number, ...number[]];
    const half = kernel.map((size) => (size - 1) >> 1);
    const ones = kernel.map(() => 1);
    const attributes = {
      strides: ones,
      dilations: ones,
      padsBegin: half,
      padsEnd: half,
      groups: 1,
      ...changes,
    };
    const inputs = perGroup * kernel.reduce((total, size) => total * size, 1);
    return this.layer(
      'convolution',
      from,
      attributes,
      this.#weights(weights, inputs, [outputs, ...ones]),
    );
  }

  /** Weights `[inputs, outputs, 2, 2]`, stride 2: positions do not overlap. */
  upsampling(from: string, inputs: number, outputs: number, size: number): string {
    const attributes = {
      strides: [2, 2],
      dilations: [1, 1],
      padsBegin: [0, 0],
      padsEnd: [0, 0],
      groups: 1,
      outputSpatial: [size, size],
    };
    const parameters = this.#weights([inputs, outputs, 2, 2], inputs, [outputs, 1, 1]);
    return this.layer('transposed-convolution', from, attributes, parameters);
  }

  normalised(from: string, channels: number): string {
    return this.layer(
      'batch-normalisation',
      from,
      { epsilon: 1e-3 },
      {
        scale: positive(this.#make([channels])),
        shift: this.#make([channels], 0.25),
        mean: this.#make([channels], 0.25),
        variance: positive(this.#make([channels])),
      },
    );
  }

  rectified(from: string): string {
    return this.layer('rectifier', from, {});
  }

  /** Of stride 2 along every axis. */
  maxPool(from: string, kernel: readonly number[], pads: readonly number[]): string {
    return this.layer('max-pool', from, {
      kernel,
      strides: kernel.map(() => 2),
      dilations: kernel.map(() => 1),
      padsBegin: pads,
      padsEnd: pads,
    });
  }

  flattened(from: string, size: number): string {
    return this.layer('reshape', from, { shape: [{ batch: 1 }, size] });
  }

  network(inputs: readonly NetworkInput[], output: string): Network {
    return createNetwork({ inputs, outputs: [output], layers: this.#layers });
  }
}
