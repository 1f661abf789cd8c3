import {
  sliceSamples,
  tensor,
  type Backend,
  type Network,
  type PatternSet,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { resolveShape } from '@patternlens/core/tensor';
import { forwardProgram } from '@patternlens/core/tracing';
import { inputName, outputShape, RELEVANCE } from '../layers/layer-network.js';
import type { LayerSample } from '../layers/layer-sample.js';

/** Numbers in rows: `data[row * columns + column]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** One sample at a linear layer, whatever its kind, as a product of a matrix: `y = M x + b`. */
export interface RuleSample {
  readonly layer: Layer;
  /** The layer's weights written out. */
  readonly matrix: Matrix;
  /** Other weights of the layer's shape written out: fitted patterns, for one. */
  readonly matrixOf: (weights: Tensor) => Promise<Matrix>;
  readonly x: Float64Array;
  /** The bias of every row; zeros where there is none. */
  readonly bias: Float64Array;
  /** With the bias. */
  readonly y: Float64Array;
  /** What comes back to the layer, one number a row. */
  readonly r: Float64Array;
  /** Present where the cases were made with patterns. */
  readonly patterns?: PatternSet | undefined;
}

function alone(sample: LayerSample, parameters: Layer['parameters']): Network {
  return createNetwork({
    inputs: sample.inputs.map((shape, at) => ({ name: inputName(at), shape })),
    outputs: [sample.layer.output],
    layers: [{ ...sample.layer, parameters }],
  });
}

async function valueOf(network: Network, inputs: TensorRecord, reference: Backend) {
  const executable = await reference.compile(forwardProgram(network));
  try {
    return (await executable.run(inputs))[network.outputs[0]!]!;
  } finally {
    await executable.dispose();
  }
}

/** A layer without its bias, applied to every unit vector. */
async function matrixOf(sample: LayerSample, weights: Tensor, reference: Backend): Promise<Matrix> {
  const [, ...rest] = resolveShape(sample.inputs[0]!, 1);
  const columns = rest.reduce((total, size) => total * size, 1);
  const units = Float64Array.from({ length: columns ** 2 }, (_, at) =>
    at % (columns + 1) === 0 ? 1 : 0,
  );
  const network = alone(sample, { weights: { tensor: weights } });
  const { data } = await valueOf(network, { x: tensor(units, [columns, ...rest]) }, reference);
  const rows = data.length / columns;
  return {
    rows,
    columns,
    data: Float64Array.from(
      { length: rows * columns },
      (_, at) => data[(at % columns) * rows + Math.floor(at / columns)]!,
    ),
  };
}

/** A batch at a linear layer, sample by sample. */
export async function ruleSamples(
  sample: LayerSample,
  inputs: TensorRecord,
  patterns: PatternSet | undefined,
  reference: Backend,
): Promise<RuleSample[]> {
  const { layer } = sample;
  const weights = layer.parameters['weights']!.tensor;
  const matrix = await matrixOf(sample, weights, reference);
  const x = inputs[inputName(0)]!;
  const y = await valueOf(alone(sample, layer.parameters), { x }, reference);
  const zeros = tensor(new Float64Array(x.data.length), x.shape);
  const bias = await valueOf(alone(sample, layer.parameters), { x: zeros }, reference);
  const shape = resolveShape(outputShape(sample), x.shape[0]!);
  const at = (values: Tensor, index: number): Float64Array =>
    Float64Array.from(sliceSamples(values, index, index + 1).data);
  return Array.from({ length: shape[0]! }, (_, index) => ({
    layer,
    matrix,
    matrixOf: (other) => matrixOf(sample, other, reference),
    x: at(x, index),
    bias: at(bias, index),
    y: at(y, index),
    r: at(inputs[RELEVANCE]!, index),
    patterns,
  }));
}
