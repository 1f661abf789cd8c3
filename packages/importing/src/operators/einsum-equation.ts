import type { Place } from '../place/place.js';
import { range } from '../values/axis-order.js';

/** The labels of each operand's axes, and those of the result. */
export interface Equation {
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
}

const TERM = /^[a-zA-Z]*(?:\.\.\.[a-zA-Z]*)?$/;

/** A term's labels, where an ellipsis stands for the last of as many axes as are left over: `...0` is the last of them, `...1` the one before. */
function labelsOf(term: string, covered: number): string[] {
  const [before, behind] = term.split('...') as [string, string?];
  if (behind === undefined) return Array.from(before);
  const left = range(covered).map((at) => `...${covered - 1 - at}`);
  return [...Array.from(before), ...left, ...Array.from(behind)];
}

/** Parses the equation of an `Einsum`, as NumPy has it.
 * @param ranks Of the operands.
 * @throws PatternLensError `invalid-file` where it is none, or does not fit the operands. */
export function parseEquation(place: Place, text: string, ranks: readonly number[]): Equation {
  const refuse = (): never =>
    place.invalid(
      `its equation "${text}" does not fit inputs of ${ranks.join(' and ')} axes, or is none.`,
    );
  const [left, right, ...more] = text.replaceAll(/\s/g, '').split('->') as [string, ...string[]];
  const terms = left.split(',');
  if (more.length > 0 || terms.length !== ranks.length) refuse();
  const covered = terms.map((term, at) => {
    if (!TERM.test(term)) refuse();
    const rest = ranks[at]! - term.replace('...', '').length;
    return rest >= 0 && (rest === 0 || term.includes('...')) ? rest : refuse();
  });
  const operands = terms.map((term, at) => labelsOf(term, covered[at]!));
  if (right === undefined) return { operands, result: impliedResult(operands) };
  if (!TERM.test(right)) refuse();
  const result = labelsOf(right, Math.max(0, ...covered));
  const known = new Set(operands.flat());
  if (new Set(result).size < result.length || result.some((label) => !known.has(label))) refuse();
  return { operands, result };
}

/** Without an arrow: what the ellipsis covers, then the letters that occur once, by their alphabet. */
function impliedResult(operands: readonly (readonly string[])[]): string[] {
  const all = operands.flat();
  const dots = [...new Set(all.filter((label) => label.startsWith('...')))].sort().reverse();
  const once = all.filter(
    (label) => !label.startsWith('...') && all.filter((other) => other === label).length === 1,
  );
  return [...dots, ...once.sort()];
}
