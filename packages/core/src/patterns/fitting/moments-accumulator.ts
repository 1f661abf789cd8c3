import { neuronLayout } from '../../layers/linear-operator.js';
import type { Tensor } from '../../tensor/tensor.js';
import { emptyMoments, type LayerMoments } from '../moments/layer-moments.js';
import { readMoments } from '../moments/read-moments.js';
import type { MomentsPort } from '../moments/trace-moments.js';

/** The running float64 sums of one layer's neurons; blocks are added in place. */
export class MomentsAccumulator {
  readonly #port: MomentsPort;
  #count: number;
  readonly #sums: LayerMoments;

  constructor(port: MomentsPort, shift: Float64Array, start?: LayerMoments) {
    const { inputs, groups } = neuronLayout(port.layer);
    this.#port = port;
    this.#sums = start ?? emptyMoments(groups * (port.to - port.from), inputs, groups, shift);
    this.#count = this.#sums.count;
  }

  /** Adds what a moments program returned for one block of `count` samples and positions. */
  add(products: Tensor, sums: Tensor, count: number): void {
    const block = readMoments(this.#port, products, sums, this.#sums.shift, count);
    this.#count += count;
    for (const key of ['positiveCount', 'y', 'x', 'xy', 'positiveXy', 'positiveX'] as const) {
      const total = this.#sums[key],
        added = block[key];
      for (let at = 0; at < total.length; at++) total[at]! += added[at]!;
    }
  }

  /** The sums so far. They are not copied. */
  get moments(): LayerMoments {
    return { ...this.#sums, count: this.#count };
  }
}
