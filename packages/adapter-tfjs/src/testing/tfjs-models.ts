import type { Tensor, TensorRecord } from '@patternlens/core';
import { uniforms } from '@patternlens/core/tensor';
import * as tf from '@tensorflow/tfjs';

/** Values between -1 and 1 for a shape, the same for the same seed. */
export function sampleOf(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((total, dim) => total * dim, 1);
  const draw = uniforms(seed);
  return { data: Float32Array.from({ length: size }, () => 2 * draw() - 1), shape };
}

/** Gives all weights of a model values of its own: positive ones to what is a variance. */
export function fillWeights(model: tf.LayersModel, seed: number): void {
  model.weights.forEach((weight, index) => {
    const { data, shape } = sampleOf(weight.shape as number[], seed + index);
    const isVariance = weight.originalName.endsWith('moving_variance');
    const values = (data as Float32Array).map((value) =>
      isVariance ? Math.abs(value) + 0.5 : value,
    );
    weight.write(tf.tensor(values, [...shape]));
  });
}

/** The files of a model, as TensorFlow.js saves it. */
export async function savedFiles(model: tf.LayersModel): Promise<Record<string, Uint8Array>> {
  const saved: tf.io.ModelArtifacts[] = [];
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved.push(artifacts);
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' },
      });
    }),
  );
  const { weightData, weightSpecs, ...rest } = saved[0]!;
  const json = JSON.stringify({
    ...rest,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  });
  return {
    'model.json': new TextEncoder().encode(json),
    'weights.bin': new Uint8Array(
      tf.io.CompositeArrayBuffer.join([weightData as ArrayBuffer].flat()),
    ),
  };
}

/** What TensorFlow.js itself makes of the inputs. */
export async function predicted(
  model: tf.LayersModel | tf.GraphModel,
  inputs: TensorRecord,
): Promise<Tensor> {
  const given = Object.values(inputs).map(({ data, shape }) =>
    tf.tensor(data as Float32Array, [...shape]),
  );
  const output = model.predict(given.length === 1 ? given[0]! : given) as tf.Tensor | tf.Tensor[];
  const first = Array.isArray(output) ? output[0]! : output;
  return { data: new Float32Array(await first.data()), shape: first.shape };
}
