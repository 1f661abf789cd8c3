import { tensor, type Network, type Tensor } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { normals } from '@patternlens/core/tensor';

export interface DeepNetwork {
  readonly name: string;
  readonly network: Network;
  readonly inputShape: readonly number[];
  /** The standard deviation of its inputs. */
  readonly inputSize: number;
}

const LAYERS = 60;

interface Recipe {
  readonly name: string;
  /** Channels or features of every layer. */
  readonly width: number;
  readonly kind: 'dense' | 'convolution';
  /** The standard deviation of a weight, as a multiple of the one that keeps the size of what passes forward. */
  readonly gain: number;
  /** The mean of a weight, in standard deviations: what makes neurons agree with each other. */
  readonly mean?: number;
  readonly skip?: boolean;
  readonly inputSize?: number;
}

/** Sixty linear layers with rectifiers between them, the last of five classes. */
function deepNetwork(recipe: Recipe, seed: number): DeepNetwork {
  const { width, kind, gain, mean = 0, skip = false, inputSize = 1, name } = recipe;
  const draw = normals(seed);
  const normal = (shape: readonly number[]): Tensor =>
    tensor(Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw), shape);
  const spatial = kind === 'convolution' ? [5, 5] : [];
  const kernel = kind === 'convolution' ? [3, 3] : [];
  const fan = width * kernel.reduce((a, b) => a * b, 1);
  const deviation = gain * Math.sqrt(2 / fan);
  const layers: Layer[] = [];
  let value = 'x';
  for (let at = 0; at < LAYERS; at++) {
    const last = at === LAYERS - 1;
    const outputs = last ? 5 : width;
    const weights = normal([outputs, width, ...kernel]);
    const bias = normal([outputs, ...spatial.map(() => 1)]);
    const parameters = {
      weights: {
        tensor: { ...weights, data: weights.data.map((weight) => (weight + mean) * deviation) },
      },
      bias: {
        tensor: {
          ...bias,
          data: bias.data.map((value) => value * 0.1 * inputSize * gain ** (at + 1)),
        },
      },
    };
    const common = { name: `linear${at}`, inputs: [value], output: `z${at}`, parameters };
    layers.push(
      kind === 'dense'
        ? { ...common, kind, attributes: {} }
        : {
            ...common,
            kind,
            attributes: {
              strides: [1, 1],
              dilations: [1, 1],
              padsBegin: [1, 1],
              padsEnd: [1, 1],
              groups: 1,
            },
          },
    );
    if (last) break;
    const gate = { name: `relu${at}`, kind: 'rectifier', attributes: {}, parameters: {} } as const;
    layers.push({ ...gate, inputs: [`z${at}`], output: `h${at}` });
    if (skip && at % 2 === 1) {
      const add = { name: `add${at}`, kind: 'add', parameters: {} } as const;
      layers.push({
        ...add,
        inputs: [`h${at}`, at === 1 ? 'x' : `s${at - 2}`],
        output: `s${at}`,
        attributes: { signs: [1, 1] },
      });
      value = `s${at}`;
    } else value = `h${at}`;
  }
  const inputShape = [width, ...spatial];
  return {
    name,
    inputShape,
    inputSize,
    network: createNetwork({
      inputs: [{ name: 'x', shape: [{ batch: 1 }, ...inputShape] }],
      outputs: [`z${LAYERS - 1}`],
      layers,
    }),
  };
}

/** Networks whose PatternNet leaves float32, upwards and downwards, and some whose does not. */
export const deepNetworks: readonly DeepNetwork[] = (
  [
    { name: 'dense, small weights', kind: 'dense', width: 24, gain: 0.2, inputSize: 2 ** 60 },
    { name: 'dense, large weights', kind: 'dense', width: 24, gain: 4, inputSize: 2 ** -90 },
    { name: 'dense, agreeing weights', kind: 'dense', width: 24, gain: 0.7, mean: 0.4 },
    {
      name: 'convolutions, small weights',
      kind: 'convolution',
      width: 8,
      gain: 0.2,
      inputSize: 2 ** 60,
    },
    {
      name: 'convolutions, large weights',
      kind: 'convolution',
      width: 8,
      gain: 4,
      inputSize: 2 ** -90,
    },
    { name: 'convolutions with skips', kind: 'convolution', width: 8, gain: 0.3, skip: true },
  ] satisfies Recipe[]
).map((recipe, at) => deepNetwork(recipe, 40 + at));
