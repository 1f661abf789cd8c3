import type { Operation } from '../program/operation.js';
import type { Value } from '../program/program-builder.js';
import type { Lines } from './lines.js';

/** Small whole powers are products, and halves are roots: runtimes take a power of any number by logarithms. */
export function simplifyPower(
  lines: Lines,
  operation: Operation,
  [base, exponent]: readonly Value[],
): Value | undefined {
  if (operation.kind !== 'pow') return undefined;
  const times = lines.fill(exponent!);
  if (times === 0.5) return lines.write({ kind: 'sqrt' }, base!);
  if (times === undefined || !Number.isInteger(times) || Math.abs(times) > 4 || times === 0)
    return undefined;
  let power = base!;
  for (let k = 1; k < Math.abs(times); k++) power = lines.write({ kind: 'mul' }, power, base!);
  return times > 0 ? power : lines.write({ kind: 'div' }, lines.scalar(1), power);
}
