import { listing } from './listing.js';
import type { Instruction, Program, ProgramPort } from './program.js';

/** The program that computes the outputs: lines that none of them depends on are gone, inputs stay. */
export function dropDeadLines(
  instructions: readonly Instruction[],
  inputs: readonly ProgramPort[],
  outputs: readonly ProgramPort[],
): Program {
  const live = new Uint8Array(instructions.length);
  for (const port of [...inputs, ...outputs]) live[port.value] = 1;
  for (let id = instructions.length - 1; id >= 0; id--) {
    if (live[id] === 1) for (const operand of instructions[id]!.operands) live[operand] = 1;
  }
  const place = new Int32Array(instructions.length).fill(-1);
  const kept: Instruction[] = [];
  instructions.forEach((line, id) => {
    if (live[id] !== 1) return;
    place[id] = kept.length;
    kept.push({ ...line, operands: line.operands.map((operand) => place[operand]!) });
  });
  const moved = (ports: readonly ProgramPort[]): ProgramPort[] =>
    ports.map(({ name, value }) => ({ name, value: place[value]! }));
  const program = { instructions: kept, inputs: moved(inputs), outputs: moved(outputs) };
  return { ...program, toString: () => listing(program) };
}
