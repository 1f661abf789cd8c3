import { ProgramBuilder } from '../program/program-builder.js';
import type { Program } from '../program/program.js';
import type { Network } from './network.js';
import { traceForward } from './trace-forward.js';

/** A network's forward pass as a program: inputs and outputs are the network's, by their names. */
export function forwardProgram(network: Network): Program {
  const ops = new ProgramBuilder();
  const { values } = traceForward(ops, network);
  for (const name of network.outputs) ops.output(name, values.get(name)!);
  return ops.build();
}
