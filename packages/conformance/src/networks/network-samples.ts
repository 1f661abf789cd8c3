import type { Network, NetworkInput } from '@patternlens/core';
import type { NetworkSample } from './network-sample.js';
import { Sketch, type SketchOptions } from './sketch.js';

const N = { batch: 1 };
const image: NetworkInput = { name: 'image', shape: [N, 2, 8, 8] };

/** Convolutions and pools, one of which overlaps, and two dense layers. */
export function plainNetwork(options: SketchOptions = {}): Network {
  const s = new Sketch(1, options);
  const first = s.rectified(s.convolution('image', [4, 2, 3, 3]));
  const second = s.convolution(s.maxPool(first, [3, 3], [1, 1]), [5, 4, 3, 3]);
  const flat = s.flattened(s.maxPool(s.rectified(second), [2, 2], [0, 0]), 20);
  return s.network([image], s.dense(s.rectified(s.dense(flat, 20, 8)), 8, 4));
}

/** Two residual blocks with batch normalisation, one with a stride and a projection, and the mean over positions. */
function residualNetwork(): Network {
  const s = new Sketch(12);
  const stem = s.rectified(s.normalised(s.convolution('image', [4, 2, 3, 3]), 4));
  const inner = s.rectified(s.normalised(s.convolution(stem, [4, 4, 3, 3]), 4));
  const back = s.normalised(s.convolution(inner, [4, 4, 3, 3]), 4);
  const one = s.rectified(s.layer('add', [back, stem], { signs: [1, 1] }));
  const half = { strides: [2, 2] };
  const deep = s.rectified(s.normalised(s.convolution(one, [6, 4, 3, 3], half), 6));
  const behind = s.normalised(s.convolution(deep, [6, 6, 3, 3]), 6);
  const short = s.convolution(one, [6, 4, 1, 1], half);
  const two = s.rectified(s.layer('add', [behind, short], { signs: [1, 1] }));
  const mean = s.layer('mean', two, { axes: [2, 3] });
  return s.network([image], s.dense(s.flattened(mean, 6), 6, 4));
}

/** Two branches joined along channels, a pool behind them, and classes as the mean of maps. */
function branchedNetwork(): Network {
  const s = new Sketch(3);
  const squeezed = s.rectified(s.convolution('image', [3, 2, 1, 1]));
  const one = s.rectified(s.convolution(squeezed, [3, 3, 1, 1]));
  const three = s.rectified(s.convolution(squeezed, [4, 3, 3, 3]));
  const joined = s.layer('concat', [one, three], { axis: 1 });
  const maps = s.rectified(s.convolution(s.maxPool(joined, [3, 3], [0, 0]), [4, 7, 1, 1]));
  return s.network([image], s.flattened(s.layer('mean', maps, { axes: [2, 3] }), 4));
}

/** Depthwise and pointwise convolutions with batch normalisation and clipped rectifiers, and an average pool. */
function separableNetwork(): Network {
  const s = new Sketch(4);
  const clipped = (from: string): string =>
    s.layer('activation', from, { function: 'clip', low: 0, high: 6 });
  const stem = clipped(s.normalised(s.convolution('image', [4, 2, 3, 3], { strides: [2, 2] }), 4));
  const deep = clipped(s.normalised(s.convolution(stem, [4, 1, 3, 3], { groups: 4 }), 4));
  const mixed = clipped(s.normalised(s.convolution(deep, [6, 4, 1, 1]), 6));
  const pooled = s.layer('average-pool', mixed, {
    kernel: [2, 2],
    strides: [2, 2],
    dilations: [1, 1],
    padsBegin: [0, 0],
    padsEnd: [0, 0],
    countedBegin: [0, 0],
    countedEnd: [0, 0],
  });
  return s.network([image], s.dense(s.flattened(pooled, 24), 24, 4));
}

/** Down by a stride, up by a transposed convolution. */
function hourglassNetwork(): Network {
  const s = new Sketch(5);
  const down = s.rectified(s.convolution('image', [4, 2, 3, 3], { strides: [2, 2] }));
  const up = s.rectified(s.upsampling(down, 4, 3, 8));
  const maps = s.rectified(s.convolution(up, [2, 3, 3, 3], { strides: [2, 2] }));
  return s.network([image], s.dense(s.flattened(maps, 32), 32, 4));
}

/** An image and a row of numbers, joined. */
function twoInputNetwork(): Network {
  const s = new Sketch(6);
  const seen = s.rectified(s.convolution('image', [3, 2, 3, 3]));
  const flat = s.flattened(s.maxPool(seen, [2, 2], [0, 0]), 48);
  const told = s.rectified(s.dense('numbers', 5, 6));
  const joined = s.layer('concat', [flat, told], { axis: 1 });
  const output = s.dense(s.rectified(s.dense(joined, 54, 7)), 7, 3);
  return s.network([image, { name: 'numbers', shape: [N, 5] }], output);
}

/** Dense layers only, with a softmax at the end, which canonizing cuts. */
function denseNetwork(): Network {
  const s = new Sketch(7);
  const one = s.rectified(s.dense('x', 6, 10));
  const two = s.rectified(s.dense(one, 10, 8));
  const output = s.layer('softmax', s.dense(two, 8, 4), { axis: 1 });
  return s.network([{ name: 'x', shape: [N, 6] }], output);
}

/** One spatial axis, a leaky rectifier, a pool on an odd size. */
function signalNetwork(): Network {
  const s = new Sketch(8);
  const first = s.convolution('x', [4, 2, 3], { strides: [2] });
  const leaky = s.layer('activation', first, { function: 'leaky-rectifier', slope: 0.1 });
  const second = s.rectified(
    s.convolution(leaky, [5, 4, 3], { dilations: [2], padsBegin: [2], padsEnd: [2] }),
  );
  const flat = s.flattened(s.maxPool(second, [2], [0]), 15);
  return s.network([{ name: 'x', shape: [N, 2, 13] }], s.dense(flat, 15, 4));
}

export const residualSample: NetworkSample = {
  name: 'a residual network with batch normalisation',
  network: residualNetwork(),
};

export const networkSamples: readonly NetworkSample[] = [
  { name: 'a plain convolutional network', network: plainNetwork() },
  residualSample,
  { name: 'a network of joined branches', network: branchedNetwork() },
  { name: 'a depthwise separable network', network: separableNetwork() },
  { name: 'a network with a transposed convolution', network: hourglassNetwork() },
  { name: 'a network of two inputs', network: twoInputNetwork() },
  { name: 'a dense network', network: denseNetwork() },
  { name: 'a network on one spatial axis', network: signalNetwork() },
];
