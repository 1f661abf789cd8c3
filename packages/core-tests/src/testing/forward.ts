import { type Network, type Tensor, type TensorRecord } from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import { interpret } from '@patternlens/reference';

/** The network's outputs, in their order. */
export function forward(network: Network, inputs: TensorRecord): Tensor[] {
  const results = interpret(forwardProgram(network), inputs);
  return network.outputs.map((name) => results[name]!);
}
