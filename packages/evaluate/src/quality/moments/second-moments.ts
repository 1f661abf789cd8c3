import { type Shape, type Tensor } from '@patternlens/core';
import { type DoubleProduct } from '@patternlens/core/backend';
import { type FittedLayer, neuronLayout } from '@patternlens/core/network';
import { biasOf } from '../values/bias-of.js';
import { unfolding, type Unfolding } from '../values/unfold.js';

/** Second moments of a layer over one split, in float64. `y+` is y where the neuron fires (`y + b > 0`), 0 elsewhere. */
export interface SecondMoments {
  readonly count: number;
  /** cov[x], one matrix a group: `[inputs, inputs]`. */
  readonly covariance: readonly Float64Array[];
  /** cov[x, y+]: `[neurons, inputs]`. */
  readonly positiveCovariance: Float64Array;
  /** var(y+): `[neurons]`. */
  readonly positiveVariance: Float64Array;
  /** Firings: `[neurons]`. */
  readonly positiveCount: Float64Array;
}

/** Numbers that a layer's columns hold before they are multiplied: 4 MB. */
const HELD = 2 ** 19;

/** Bytes that the moments of a layer take over one split, with what is held before it is multiplied. */
export function secondMomentsBytes(layer: FittedLayer): number {
  const { neurons, inputs, groups } = neuronLayout(layer);
  return 8 * (groups * inputs * inputs + neurons * inputs + 2 * HELD);
}

/** Sums the second moments of a layer. Columns are gathered in the order of the samples until there are enough to multiply, so the sums don't depend on batches. */
export class MomentsGatherer {
  readonly #layer: FittedLayer;
  readonly #product: DoubleProduct;
  readonly #unfolding: Unfolding;
  readonly #neurons: number;
  readonly #inputs: number;
  readonly #groups: number;
  readonly #bias: ArrayLike<number>;
  readonly #capacity: number;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #covariance: Float64Array[];
  readonly #cross: Float64Array;
  readonly #sumX: Float64Array;
  readonly #sumY: Float64Array;
  readonly #squareY: Float64Array;
  readonly #fired: Float64Array;
  /** Constants near the means, from the first columns: sums about them lose nothing to cancellation. */
  #shiftX: Float64Array | undefined;
  #shiftY: Float64Array | undefined;
  #held = 0;
  #count = 0;

  constructor(layer: FittedLayer, input: Shape, output: Shape, product: DoubleProduct) {
    const { neurons, inputs, groups } = neuronLayout(layer);
    this.#layer = layer;
    this.#product = product;
    this.#unfolding = unfolding(layer, input, output);
    this.#neurons = neurons;
    this.#inputs = inputs;
    this.#groups = groups;
    this.#bias = biasOf(layer, neurons);
    this.#capacity = Math.max(32, Math.floor(HELD / (groups * inputs + neurons)));
    this.#x = new Float64Array(groups * inputs * this.#capacity);
    this.#y = new Float64Array(neurons * this.#capacity);
    this.#covariance = Array.from({ length: groups }, () => new Float64Array(inputs * inputs));
    this.#cross = new Float64Array(neurons * inputs);
    this.#sumX = new Float64Array(groups * inputs);
    this.#sumY = new Float64Array(neurons);
    this.#squareY = new Float64Array(neurons);
    this.#fired = new Float64Array(neurons);
  }

  /** Adds samples: the layer's input and its pre-activation without the bias. */
  async add(x: Tensor, y: Tensor, samples: number): Promise<void> {
    const { positions, write } = this.#unfolding;
    const eachX = x.data.length / samples,
      eachY = y.data.length / samples;
    for (let sample = 0; sample < samples; sample++) {
      const sampleInputs = x.data.subarray(sample * eachX, (sample + 1) * eachX);
      for (let from = 0; from < positions;) {
        const to = Math.min(positions, from + this.#capacity - this.#held);
        write(sampleInputs, from, to, this.#x, this.#capacity, this.#held);
        this.#writeY(y.data, sample * eachY, from, to);
        this.#held += to - from;
        from = to;
        if (this.#held === this.#capacity) await this.#multiply();
      }
    }
  }

  #writeY(y: ArrayLike<number>, start: number, from: number, to: number): void {
    const neurons = this.#neurons;
    const { positions } = this.#unfolding;
    const dense = this.#layer.kind === 'dense';
    const alongNeuron = dense ? 1 : positions;
    const alongPosition = dense ? neurons : 1;
    for (let neuron = 0; neuron < neurons; neuron++) {
      let at = neuron * this.#capacity + this.#held,
        fired = 0;
      for (let position = from; position < to; position++) {
        const value = y[start + neuron * alongNeuron + position * alongPosition]!;
        const bias =
          this.#bias[dense ? (position * neurons + neuron) % this.#bias.length : neuron]!;
        const fires = value + bias > 0;
        this.#y[at++] = fires ? value : 0;
        if (fires) fired++;
      }
      this.#fired[neuron]! += fired;
    }
  }

  /** Takes the shift off rows of held columns and sums them; what is beyond the held ones becomes 0. */
  #centre(rows: Float64Array, shift: Float64Array, sums: Float64Array, squares?: Float64Array) {
    const capacity = this.#capacity,
      held = this.#held;
    for (let row = 0; row < sums.length; row++) {
      const start = row * capacity,
        by = shift[row]!;
      let sum = 0,
        square = 0;
      for (let at = start; at < start + held; at++) {
        const value = rows[at]! - by;
        rows[at] = value;
        sum += value;
        square += value * value;
      }
      rows.fill(0, start + held, start + capacity);
      sums[row]! += sum;
      if (squares) squares[row]! += square;
    }
  }

  #means(rows: Float64Array, rowCount: number): Float64Array {
    const capacity = this.#capacity;
    return Float64Array.from({ length: rowCount }, (_, row) => {
      let sum = 0;
      for (let at = row * capacity; at < row * capacity + this.#held; at++) sum += rows[at]!;
      return sum / this.#held;
    });
  }

  async #multiply(): Promise<void> {
    const inputs = this.#inputs,
      each = this.#neurons / this.#groups;
    this.#shiftX ??= this.#means(this.#x, this.#groups * inputs);
    this.#shiftY ??= this.#means(this.#y, this.#neurons);
    this.#centre(this.#x, this.#shiftX, this.#sumX);
    this.#centre(this.#y, this.#shiftY, this.#sumY, this.#squareY);
    for (let group = 0; group < this.#groups; group++) {
      const x = this.#x.subarray(
        group * inputs * this.#capacity,
        (group + 1) * inputs * this.#capacity,
      );
      const y = this.#y.subarray(
        group * each * this.#capacity,
        (group + 1) * each * this.#capacity,
      );
      addTo(this.#covariance[group]!, await this.#product(x, x, inputs, inputs), 0);
      addTo(this.#cross, await this.#product(y, x, each, inputs), group * each * inputs);
    }
    this.#count += this.#held;
    this.#held = 0;
  }

  /** The moments of all samples. Nothing can be added afterwards. */
  async finish(): Promise<SecondMoments> {
    if (this.#held > 0) await this.#multiply();
    const n = this.#count,
      inputs = this.#inputs;
    const meanX = this.#sumX.map((sum) => sum / n),
      meanY = this.#sumY.map((sum) => sum / n);
    for (const [group, covariance] of this.#covariance.entries()) {
      const mean = meanX.subarray(group * inputs, (group + 1) * inputs);
      for (let i = 0; i < inputs; i++)
        for (let j = 0; j < inputs; j++)
          covariance[i * inputs + j] = covariance[i * inputs + j]! / n - mean[i]! * mean[j]!;
    }
    const each = this.#neurons / this.#groups;
    for (let neuron = 0; neuron < this.#neurons; neuron++) {
      const group = Math.floor(neuron / each) * inputs;
      for (let input = 0; input < inputs; input++) {
        const at = neuron * inputs + input;
        this.#cross[at] = this.#cross[at]! / n - meanX[group + input]! * meanY[neuron]!;
      }
    }
    return {
      count: n,
      covariance: this.#covariance,
      positiveCovariance: this.#cross,
      positiveVariance: this.#squareY.map((square, at) => square / n - meanY[at]! ** 2),
      positiveCount: this.#fired,
    };
  }
}

function addTo(sums: Float64Array, values: Float64Array, from: number): void {
  for (let at = 0; at < values.length; at++) sums[from + at]! += values[at]!;
}
