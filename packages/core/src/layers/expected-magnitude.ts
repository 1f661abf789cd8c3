import { isBatch, type Shape, sizeOf } from '../tensor/shape.js';

/** The expected size of a signal that passes backwards, channel by channel, in units of its carried value. It only decides the powers
 * of two that keep values inside float32: relevance is the same whatever is expected. */
export interface ExpectedMagnitude {
  /** The mean over positions: what neighbours have in common adds up, the rest averages out. */
  readonly mean: Float64Array;
  /** The mean square. */
  readonly square: Float64Array;
}

/** The number of channels (or features) of a value, and of positions for each. */
export function channelsOf(shape: Shape): { channels: number; positions: number } {
  const channels = shape[1];
  if (channels === undefined || isBatch(channels)) return { channels: 1, positions: 1 };
  const rest = sizeOf(shape.slice(2));
  return { channels, positions: isBatch(rest) ? rest.batch : rest };
}

/** The signal of a single explained neuron. Which one is not known when tracing; the first stands for all. */
export function magnitudeAtStart(shape: Shape): ExpectedMagnitude {
  const { channels, positions } = channelsOf(shape);
  const one = new Float64Array(channels);
  one[0] = 1 / positions;
  return { mean: one, square: one };
}

export function meanSquare({ square }: ExpectedMagnitude): number {
  return square.reduce((sum, value) => sum + value, 0) / square.length;
}

/** The magnitude for another number of channels: features are averaged into their planes, and planes are repeated for their features. */
export function fitChannels(magnitude: ExpectedMagnitude, channels: number): ExpectedMagnitude {
  const count = magnitude.mean.length;
  if (count === channels) return magnitude;
  const fit = (values: Float64Array): Float64Array => {
    const fitted = new Float64Array(channels);
    if (count % channels === 0) {
      const each = count / channels;
      values.forEach((value, at) => (fitted[Math.floor(at / each)]! += value / each));
      return fitted;
    }
    if (channels % count === 0)
      return fitted.map((_, at) => values[Math.floor((at * count) / channels)]!);
    return fitted.fill(values.reduce((sum, value) => sum + value, 0) / count);
  };
  return { mean: fit(magnitude.mean), square: fit(magnitude.square) };
}

/** Multiplied by a number for each channel, or by one for all. */
export function scaleMagnitude(
  { mean, square }: ExpectedMagnitude,
  factor: number | ArrayLike<number>,
): ExpectedMagnitude {
  const of = (channel: number): number => (typeof factor === 'number' ? factor : factor[channel]!);
  return {
    mean: mean.map((value, channel) => value * of(channel)),
    square: square.map((value, channel) => value * of(channel) ** 2),
  };
}

/** What passes a gate that is open for a share of the positions. */
export function gateMagnitude(
  { mean, square }: ExpectedMagnitude,
  open: number | ArrayLike<number>,
): ExpectedMagnitude {
  const of = (channel: number): number => (typeof open === 'number' ? open : open[channel]!);
  return {
    mean: mean.map((value, channel) => value * of(channel)),
    square: square.map((value, channel) => value * of(channel)),
  };
}

/** The sum of signals that vary independently of each other. */
export function sumMagnitudes(magnitudes: readonly ExpectedMagnitude[]): ExpectedMagnitude {
  return magnitudes.reduce((total, term) => {
    const { mean, square } = fitChannels(term, total.mean.length);
    return {
      mean: total.mean.map((value, channel) => value + mean[channel]!),
      square: total.square.map(
        (value, channel) => value + square[channel]! + 2 * total.mean[channel]! * mean[channel]!,
      ),
    };
  });
}

/** What passes as it is, channel by channel, to an input of a layer. */
export const passedMagnitude = (
  magnitude: ExpectedMagnitude,
  index: number,
  { inputs }: { readonly inputs: readonly Shape[] },
): ExpectedMagnitude => fitChannels(magnitude, channelsOf(inputs[index]!).channels);

/** What passes a window that one position of the value stands for: the share of the input's positions that it has. */
export const positionShare = (
  index: number,
  { inputs, output }: { readonly inputs: readonly Shape[]; readonly output: Shape },
): number => channelsOf(output).positions / channelsOf(inputs[index]!).positions;
