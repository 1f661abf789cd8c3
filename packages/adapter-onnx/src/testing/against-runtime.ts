import { type Network, type Tensor, type TensorRecord } from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import { interpret } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { readOnnx, type ReadOnnxOptions } from '../read-onnx.js';
import { openOnnxModel } from '../run/onnx-model.js';
import { modelFile, type ModelParts } from './model-file.js';
import { relativeL2 } from './shared-data.js';
import { countOf, normalNumbers } from './stored-tensors.js';

/** A network's own output on the reference. */
export function forward(network: Network, inputs: TensorRecord): Tensor {
  return interpret(forwardProgram(network), inputs)[network.outputs[0]!]!;
}

export interface RunOptions extends ReadOnnxOptions {
  readonly batch?: number;
  readonly change?: (value: number) => number;
}

/** What a file is read with. */
export function readingOptions({
  output,
  shapes,
  externalFiles,
  plugins,
}: RunOptions): ReadOnnxOptions {
  return { output, shapes, externalFiles, plugins };
}

/** Normal numbers for each input of a network, `change`d where an operator is defined for some numbers only. */
export function inputsFor(
  network: Network,
  { batch = network.batchWasFixed ? 1 : 2, change = (value) => value }: RunOptions = {},
): Record<string, Tensor> {
  return Object.fromEntries(
    network.inputs.map(({ name, shape }, index) => {
      const sizes = shape.map((dim) => (typeof dim === 'number' ? dim : batch));
      const numbers = normalNumbers(countOf(sizes), 100 + index).map(change);
      return [name, { data: Float32Array.from(numbers), shape: sizes }];
    }),
  );
}

/** Reads a file, runs it on the reference and on the runtime, and expects that both say the same.
 * @returns the reference's output. */
export async function expectAgreement(
  file: Uint8Array | ModelParts,
  options: RunOptions = {},
): Promise<Tensor> {
  const bytes = file instanceof Uint8Array ? file : modelFile(file);
  const network = await readOnnx(bytes, readingOptions(options));
  const inputs = inputsFor(network, options);
  const actual = forward(network, inputs);
  await using runtime = await openOnnxModel(bytes, { ort, threads: 1 });
  const want = Object.values(await runtime.run(inputs))[0]!;
  expect(actual.shape).toEqual(want.shape);
  expect(want.data.some((value) => value !== 0)).toBe(true);
  expect(relativeL2(actual.data, want.data)).toBeLessThan(1e-5);
  return actual;
}

/** One test for each named model: the reference says what the runtime says. */
export function testAgreement(
  cases: Readonly<Record<string, ModelParts & { readonly options?: RunOptions }>>,
): void {
  test.each(Object.entries(cases))('%s', async (_name, { options, ...parts }) => {
    await expectAgreement(parts, options);
  });
}
