import { PatternLensError, suggestion, type Tensor } from '@patternlens/core';
import { product, uniforms } from '@patternlens/core/tensor';

/** Weights handed in, by `LAYER/weights` and `LAYER/bias`: a record, or a function that is asked once for each, in the order of the layers.
 * Weights are `[outputs, inputs / groups, ...kernel]` or `[outputs, inputs]`, biases `[outputs]`. */
export type WeightSource =
  Readonly<Record<string, Tensor>> | ((name: string, shape: readonly number[]) => Tensor);

/** Gives a builder its parameters one by one, checked by shape. */
export interface ParameterReader {
  readonly read: (layer: string, parameter: string, shape: readonly number[]) => Tensor;
  /** Says whether all that was handed in was asked for.
   * @throws PatternLensError `invalid-argument` naming what no layer has. */
  readonly finish: () => void;
}

/** He et al. 2015, uniform: variance 2 / inputs of one neuron; biases are zero. One draw a weight, so that large networks are there in seconds. */
function heUniform(seed: number, shape: readonly number[]): Tensor {
  const data = new Float32Array(product(shape));
  if (shape.length > 1) {
    const draw = uniforms(seed);
    const bound = Math.sqrt(6 / product(shape.slice(1)));
    for (let at = 0; at < data.length; at++) data[at] = (2 * draw() - 1) * bound;
  }
  return { data, shape };
}

/** Reads parameters from what was handed in, else draws them by seed: a layer's weights depend on its place and the seed alone. */
export function parameterReader(source: WeightSource | undefined, seed: number): ParameterReader {
  const asked = new Set<string>();
  const find = (name: string, layer: string, shape: readonly number[]): Tensor => {
    if (source === undefined) return heUniform(Math.imul(seed, 0x9e3779b1) + asked.size, shape);
    if (typeof source === 'function') return source(name, shape);
    const found = Object.hasOwn(source, name) ? source[name] : undefined;
    if (found) return found;
    throw new PatternLensError(
      'data',
      'invalid-argument',
      `weights: "${name}" of shape [${shape.join(', ')}] is missing. ${suggestion(name, Object.keys(source).slice(0, 50))}`,
      { layer },
    );
  };
  return {
    read: (layer, parameter, shape) => {
      const name = `${layer}/${parameter}`;
      const found = find(name, layer, shape);
      asked.add(name);
      if (found.shape.join() === shape.join() && found.data.length === product(shape)) return found;
      throw new PatternLensError(
        'data',
        'invalid-shape',
        `layer "${layer}": expected its ${parameter} "${name}" of shape [${shape.join(', ')}], got [${found.shape.join(', ')}] with ${found.data.length} values. Check the layout: outputs first.`,
        { layer },
      );
    },
    finish: () => {
      if (source === undefined || typeof source === 'function') return;
      const unknown = Object.keys(source).find((name) => !asked.has(name));
      if (unknown === undefined) return;
      throw new PatternLensError(
        'data',
        'invalid-argument',
        `weights: the network has nothing called "${unknown}". ${suggestion(unknown, [...asked])}`,
      );
    },
  };
}
