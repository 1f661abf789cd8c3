import {
  type Backend,
  type CancelSignal,
  type Network,
  type SampleSource,
} from '@patternlens/core';
import { type DoubleProduct } from '@patternlens/core/backend';
import { type FittedLayer, neuronLayout } from '@patternlens/core/network';
import { type Directions } from '@patternlens/core/rules';
import { uniforms } from '@patternlens/core/tensor';
import { conjugateGradients, correlationOf } from './conjugate-gradients.js';
import type { NeuronQuality } from '../closed-form/layer-quality.js';
import { columnReader } from '../values/layer-columns.js';

export interface SubsetOptions {
  readonly backend: Backend;
  readonly signal?: CancelSignal | undefined;
  readonly product: DoubleProduct;
  readonly seed: number;
  readonly dead: Uint8Array;
  /** How many neurons are measured. */
  readonly neurons: number;
  /** Bytes of the layer's values that are kept from one pass to the next; default 1 GB. */
  readonly memory?: number | undefined;
  /** Most passes over the data for each estimator; default 100. */
  readonly passes?: number | undefined;
  readonly onProgress?:
    | ((progress: { readonly done: number; readonly total: number; readonly what: string }) => void)
    | undefined;
}

export interface SubsetQuality {
  readonly measured: ReadonlyMap<string, NeuronQuality>;
  readonly neurons: number;
  /** What was done, in a sentence. */
  readonly note: string;
}

/** Some neurons that are alive, by seed, in order. */
function chooseNeurons(dead: Uint8Array, wanted: number, seed: number): number[] {
  const draw = uniforms(seed);
  const alive = Array.from(dead.keys()).filter((neuron) => dead[neuron] === 0);
  for (let at = 0; at < Math.min(wanted, alive.length); at++) {
    const other = at + Math.floor(draw() * (alive.length - at));
    [alive[at], alive[other]] = [alive[other]!, alive[at]!];
  }
  return alive.slice(0, wanted).sort((a, b) => a - b);
}

/** rho of some neurons of a layer too wide for its covariance: v by conjugate gradients on the least squares, each step a pass over the data. */
export async function subsetQuality(
  network: Network,
  layer: FittedLayer,
  { regress, test }: { readonly regress: SampleSource; readonly test: SampleSource },
  estimators: ReadonlyMap<string, Directions>,
  options: SubsetOptions,
): Promise<SubsetQuality> {
  const { product, dead, seed, memory = 1e9, passes = 100 } = options;
  const { neurons, inputs, groups } = neuronLayout(layer);
  const chosen = chooseNeurons(dead, options.neurons, seed);
  const reader = columnReader(network, layer, regress, chosen, memory, options);
  const held = columnReader(network, layer, test, chosen, memory / 2, options);
  const setting = {
    inputs,
    groupOf: (at: number) => Math.floor((chosen[at]! * groups) / neurons),
    product,
  };
  const measured = new Map<string, NeuronQuality>();
  let passesTaken = 0,
    residual = 0;
  for (const [id, directions] of estimators) {
    const rows = (all: Float64Array): Float64Array => {
      const chosenRows = new Float64Array(chosen.length * inputs);
      for (const [at, neuron] of chosen.entries())
        chosenRows.set(all.subarray(neuron * inputs, (neuron + 1) * inputs), at * inputs);
      return chosenRows;
    };
    const positive = rows(directions.positive);
    const problem = {
      ...setting,
      positive,
      negative: directions.negative ? rows(directions.negative) : positive,
      chosen: chosen.length,
    };
    const solution = await conjugateGradients(problem, reader, passes, (done) => {
      options.onProgress?.({ done, total: passes, what: `${layer.name}, ${id}` });
    });
    const heldOut = await correlationOf(problem, held, solution.v);
    const result = {
      fit: new Float64Array(neurons).fill(NaN),
      heldOut: new Float64Array(neurons).fill(NaN),
      ridge: new Float64Array(neurons).fill(NaN),
      unstable: 0,
    };
    for (const [at, neuron] of chosen.entries()) {
      const direction = directions.positive.subarray(neuron * inputs, (neuron + 1) * inputs);
      if (direction.every((value) => value === 0)) continue;
      result.fit[neuron] = 1 - solution.correlations[at]!;
      result.heldOut[neuron] = 1 - heldOut[at]!;
    }
    measured.set(id, result);
    passesTaken = Math.max(passesTaken, solution.passes);
    residual = Math.max(residual, solution.residual);
  }
  return {
    measured,
    neurons: chosen.length,
    note: `layer "${layer.name}": subset of ${chosen.length} / ${neurons} neurons (${inputs} inputs each), v by conjugate gradients in ${passesTaken} passes over the data, relative residual at most ${residual.toExponential(1)}.`,
  };
}
