import type { Network } from '@patternlens/core';
import type { NetworkSample } from './network-sample.js';
import { Sketch } from './sketch.js';

const N = { batch: 1 };

/** Activations that are their own gates, and channels times a gate that their means open: squeeze and excitation. */
function gatedNetwork(): Network {
  const s = new Sketch(9);
  const silu = (from: string): string => s.layer('activation', from, { function: 'silu' });
  const stem = silu(s.convolution('image', [4, 2, 3, 3]));
  const means = s.flattened(s.layer('mean', stem, { axes: [2, 3] }), 4);
  const squeezed = s.dense(silu(s.dense(means, 4, 3)), 3, 4);
  const opened = s.layer('activation', squeezed, { function: 'sigmoid' });
  const gate = s.layer('reshape', opened, { shape: [N, 4, 1, 1] });
  const excited = s.layer('product', [stem, gate], {});
  const second = silu(s.convolution(excited, [5, 4, 3, 3], { strides: [2, 2] }));
  const flat = s.flattened(s.maxPool(second, [2, 2], [0, 0]), 20);
  return s.network([{ name: 'image', shape: [N, 2, 8, 8] }], s.dense(flat, 20, 4));
}

export const gatedSample: NetworkSample = {
  name: 'a network with gates',
  network: gatedNetwork(),
};
