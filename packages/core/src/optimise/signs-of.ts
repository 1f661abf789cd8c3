import type { Program } from '../program/program.js';
import type { Sign } from '../program/sign.js';
import { signOf } from '../program/sign-of.js';

/** What is known of the sign of every line's value. */
export function signsOf(program: Program): readonly Sign[] {
  const signs: Sign[] = [];
  for (const { operation, operands } of program.instructions)
    signs.push(
      signOf(
        operation,
        operands.map((operand) => signs[operand]!),
      ),
    );
  return signs;
}
