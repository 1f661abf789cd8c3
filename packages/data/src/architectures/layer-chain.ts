import { type Network, PatternLensError, type Shape } from '@patternlens/core';
import { windowOutput } from '@patternlens/core/backend';
import {
  createNetwork,
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type LayerOf,
  type Parameter,
  reshapeParameter,
} from '@patternlens/core/network';
import { BATCH, product } from '@patternlens/core/tensor';
import type { ParameterReader } from './weight-source.js';

/** A square window. */
export interface Window {
  readonly kernel: number;
  readonly stride?: number;
  readonly pad?: number;
  /** Further padding at the end only: what rounding sizes up adds. */
  readonly padEnd?: number;
}

/** A network of layers one behind the other, over an image `[N, channels, height, width]`, as it is being built. */
export class LayerChain {
  readonly #input: Shape;
  readonly #layers: Layer[] = [];
  readonly #parameters: ParameterReader;
  #sizes: number[];
  #last = 'image';

  constructor(sizes: readonly number[], parameters: ParameterReader) {
    this.#input = [BATCH, ...sizes];
    this.#sizes = [...sizes];
    this.#parameters = parameters;
  }

  #add<K extends LayerKind>(
    kind: K,
    name: string,
    attributes: LayerAttributes[K],
    parameters: Readonly<Record<string, Parameter>> = {},
  ): this {
    const layer: LayerOf<K> = {
      kind,
      name,
      inputs: [this.#last],
      output: name,
      attributes,
      parameters,
    };
    this.#layers.push(layer as unknown as Layer);
    this.#last = name;
    return this;
  }

  /** The sizes behind a window.
   * @throws PatternLensError `invalid-argument` where nothing is left. */
  #move(name: string, channels: number, { kernel, stride = 1, pad = 0, padEnd = 0 }: Window) {
    const two = (value: number): number[] => [value, value];
    const attributes = {
      strides: two(stride),
      dilations: two(1),
      padsBegin: two(pad),
      padsEnd: two(pad + padEnd),
    };
    const spatial = windowOutput(this.#sizes.slice(1), { ...attributes, kernel: two(kernel) });
    if (spatial.some((size) => size < 1))
      throw new PatternLensError(
        'data',
        'invalid-argument',
        `inputSize: layer "${name}" has a window of ${kernel} x ${kernel} over ${this.#sizes.slice(1).join(' x ')} values. Give a larger input.`,
        { layer: name },
      );
    this.#sizes = [channels, ...spatial];
    return attributes;
  }

  convolution(name: string, filters: number, window: Window, groups = 1): this {
    const [channels] = this.#sizes as [number];
    const { kernel } = window;
    const attributes = { ...this.#move(name, filters, window), groups };
    return this.#add('convolution', name, attributes, {
      weights: {
        tensor: this.#parameters.read(name, 'weights', [
          filters,
          channels / groups,
          kernel,
          kernel,
        ]),
      },
      bias: reshapeParameter({ tensor: this.#parameters.read(name, 'bias', [filters]) }, [
        filters,
        1,
        1,
      ]),
    });
  }

  dense(name: string, outputs: number): this {
    const [inputs] = this.#sizes as [number];
    this.#sizes = [outputs];
    return this.#add(
      'dense',
      name,
      {},
      {
        weights: { tensor: this.#parameters.read(name, 'weights', [outputs, inputs]) },
        bias: { tensor: this.#parameters.read(name, 'bias', [outputs]) },
      },
    );
  }

  rectifier(name: string): this {
    return this.#add('rectifier', name, {});
  }

  dropout(name: string): this {
    return this.#add('dropout', name, {});
  }

  maxPool(name: string, window: Window): this {
    const { kernel } = window;
    const attributes = this.#move(name, this.#sizes[0]!, window);
    return this.#add('max-pool', name, { ...attributes, kernel: [kernel, kernel] });
  }

  responseNormalisation(
    name: string,
    attributes: LayerAttributes['local-response-normalisation'],
  ): this {
    return this.#add('local-response-normalisation', name, attributes);
  }

  flatten(name: string): this {
    this.#sizes = [product(this.#sizes)];
    return this.#add('reshape', name, { shape: [BATCH, ...this.#sizes] });
  }

  /** Over all positions, to one value a channel. */
  globalAverage(name: string): this {
    this.#sizes = [this.#sizes[0]!, 1, 1];
    return this.#add('mean', name, { axes: [2, 3] });
  }

  softmax(name: string): this {
    return this.#add('softmax', name, { axis: 1 });
  }

  network(): Network {
    this.#parameters.finish();
    return createNetwork({
      inputs: [{ name: 'image', shape: this.#input }],
      outputs: [this.#last],
      layers: this.#layers,
    });
  }
}
