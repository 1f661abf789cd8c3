import type { Backend, TensorRecord } from '../backend/backend.js';
import { firstNotFinite } from '../backend/check-finite.js';
import { PatternLensError } from '../errors.js';
import type { Network } from '../network/network.js';
import { ProgramBuilder } from '../program/program-builder.js';
import { traceForward } from '../tracing/trace-forward.js';
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
    const own = Object.fromEntries(network.inputs.map(({ name }) => [name, inputs[name]!]));
    const results = await executable.run(own);
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
