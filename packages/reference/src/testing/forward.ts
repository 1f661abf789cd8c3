import {
  ProgramBuilder,
  traceForward,
  type Network,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { interpret } from '../interpret.js';

/** The network's outputs, in their order. */
export function forward(network: Network, inputs: TensorRecord): Tensor[] {
  const ops = new ProgramBuilder();
  const { values } = traceForward(ops, network);
  network.outputs.forEach((name, at) => {
    ops.output(`${at}`, values.get(name)!);
  });
  const results = interpret(ops.build(), inputs);
  return network.outputs.map((_, at) => results[`${at}`]!);
}
