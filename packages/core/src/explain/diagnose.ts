import type { Backend } from '../backend/backend.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { Network } from '../network/network.js';
import { traceForward } from '../network/trace-forward.js';
import { ProgramBuilder } from '../program/program-builder.js';
import { firstNotFinite } from '../tensor/check-finite.js';
import type { TensorRecord } from '../tensor/tensor-record.js';
import { valueName } from '../tracing/trace-method.js';

/** Finds the first layer whose value is not finite, by a program that returns every layer's value.
 * @throws PatternLensError `not-finite`, always: it says where, or that the forward pass is finite. */
export async function diagnose(
  network: Network,
  backend: Backend,
  inputs: TensorRecord,
  what: string,
): Promise<never> {
  const ops = new ProgramBuilder();
  const { values } = traceForward(ops, network);
  for (const layer of network.layers) ops.output(valueName(layer.name), values.get(layer.output)!);
  const executable = await backend.compile(ops.build());
  try {
    const networkInputs = Object.fromEntries(
      network.inputs.map(({ name }) => [name, inputs[name]!]),
    );
    const results = await executable.run(networkInputs);
    const layer = network.layers.find(({ name }) => firstNotFinite(results[valueName(name)]!) >= 0);
    const message = layer
      ? `${what} is not finite: the forward pass leaves the finite numbers first in layer "${layer.name}" (${layer.kind}).`
      : `${what} is not finite though every layer's value in the forward pass is: the backward pass overflowed.`;
    throw new PatternLensError(
      'core',
      'not-finite',
      `${message} Look at the inputs' scale and at the weights.`,
      layer ? { layer: layer.name } : {},
    );
  } finally {
    await executable.dispose();
  }
}
