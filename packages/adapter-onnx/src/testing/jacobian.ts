import { traceMethod, type Network, type Tensor } from '@patternlens/core';
import { interpret } from '@patternlens/reference';
import { readOnnx } from '../read-onnx.js';
import { forward, inputsFor, readingOptions, type RunOptions } from './against-runtime.js';
import { modelFile, type ModelParts } from './model-file.js';
import { relativeL2 } from './shared-data.js';

/** Half the difference that a slope is measured over: rounding and curvature both stay below 1e-9. */
const STEP = 1e-5;

type Inputs = Readonly<Record<string, Tensor>>;

const repeated = ({ data, shape }: Tensor, times: number): Tensor => ({
  data: Float64Array.from({ length: data.length * times }, (_, at) => data[at % data.length]!),
  shape: [times, ...shape.slice(1)],
});

/** `d output / d input` for every pair, a row for each output: one explained sample for each. */
function explained(network: Network, inputs: Inputs, name: string, outputs: number): Float64Array {
  const { program, ports } = traceMethod(network, { method: 'gradient', start: 'one' });
  const batch = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, repeated(value, outputs)]),
  );
  const target = { data: Float64Array.from({ length: outputs }, (_, at) => at), shape: [outputs] };
  const results = interpret(program, { ...batch, [ports.target]: target });
  return Float64Array.from(results[ports.relevance.get(name)!]!.data);
}

/** The same, from central differences of the forward pass. */
function measured(network: Network, inputs: Inputs, name: string, outputs: number): Float64Array {
  const count = inputs[name]!.data.length;
  const batch = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, repeated(value, 2 * count)]),
  );
  for (let at = 0; at < count; at++) {
    batch[name]!.data[2 * at * count + at]! += STEP;
    batch[name]!.data[(2 * at + 1) * count + at]! -= STEP;
  }
  const { data } = forward(network, batch);
  return Float64Array.from({ length: outputs * count }, (_, place) => {
    const output = Math.floor(place / count),
      at = place % count;
    const above = data[2 * at * outputs + output]!,
      below = data[(2 * at + 1) * outputs + output]!;
    return (above - below) / (2 * STEP);
  });
}

/** Reads a file and expects its gradient, to every input, to be the slope of its forward pass. */
export async function expectGradient(parts: ModelParts, options: RunOptions = {}): Promise<void> {
  const network = await readOnnx(modelFile(parts), readingOptions(options));
  const inputs = inputsFor(network, { ...options, batch: 1 });
  const outputs = forward(network, inputs).data.length;
  for (const { name } of network.inputs) {
    const slopes = measured(network, inputs, name, outputs);
    expect(slopes.some((slope) => slope !== 0)).toBe(true);
    expect(relativeL2(explained(network, inputs, name, outputs), slopes)).toBeLessThan(1e-5);
  }
}
