import { isBatch, sameShape } from '@patternlens/core/tensor';
import { isElementwise } from '../source/elementwise.js';
import type { Line, LoweredProgram } from './line.js';
import { MOST_READ } from './lower.js';

/** Lines that one kernel computes: the last one's value is written, the others' never leave it. */
export interface Group {
  /** The line whose value is written. */
  readonly root: number;
  /** All of its lines. */
  readonly lines: ReadonlySet<number>;
  /** Lines that it reads. */
  readonly reads: readonly number[];
}

/** Numbers that are written into the text of kernels. Shaders print whole numbers of more digits wrongly. */
export function literalOf({ operation, shape }: Line): number | undefined {
  if (operation.kind !== 'constant' || shape.some((dim) => isBatch(dim) || dim !== 1))
    return undefined;
  const value = operation.value.data[0]!;
  const size = Math.abs(value);
  return value === 0 || (size > 1e-30 && size < 1e18) ? value : undefined;
}

/** Values that are there without a kernel. */
const isGiven = ({ operation }: Line): boolean =>
  operation.kind === 'input' || operation.kind === 'constant' || operation.kind === 'reshape';

/** Puts lines that only one elementwise line of the same shape reads into that line's kernel. */
export function groupLines({ lines, outputs }: LoweredProgram): Group[] {
  const readers = countReaders(lines, outputs);
  const taken = new Set<number>();
  const groups: Group[] = [];
  for (let root = lines.length - 1; root >= 0; root--) {
    if (taken.has(root) || isGiven(lines[root]!) || readers[root] === 0) continue;
    const group = groupOf(root, lines, readers);
    group.lines.forEach((line) => taken.add(line));
    groups.push(group);
  }
  return groups.reverse();
}

/** How many lines and outputs read each line, not counting what nothing needs. */
function countReaders(
  lines: readonly Line[],
  outputs: LoweredProgram['outputs'],
): readonly number[] {
  const readers = lines.map(() => 0);
  for (const { line } of outputs) readers[line]!++;
  for (let at = lines.length - 1; at >= 0; at--)
    if (readers[at]! > 0) for (const operand of lines[at]!.operands) readers[operand]!++;
  return readers;
}

function groupOf(root: number, lines: readonly Line[], readers: readonly number[]): Group {
  const group = new Set([root]);
  const isLiteral = (line: number): boolean => literalOf(lines[line]!) !== undefined;
  const readsOf = (members: ReadonlySet<number>): number[] =>
    [...new Set([...members].flatMap((member) => lines[member]!.operands))].filter(
      (line) => !members.has(line) && !isLiteral(line),
    );
  const queue = [root];
  for (let reader = queue.shift(); reader !== undefined; reader = queue.shift()) {
    if (!isElementwise(lines[reader]!.operation.kind)) continue;
    for (const operand of lines[reader]!.operands) {
      const line = lines[operand]!;
      const fits =
        readers[operand] === 1 &&
        !group.has(operand) &&
        !isGiven(line) &&
        line.isConstant === lines[root]!.isConstant &&
        sameShape(line.shape, lines[root]!.shape);
      if (!fits) continue;
      group.add(operand);
      if (readsOf(group).length <= MOST_READ) queue.push(operand);
      else group.delete(operand);
    }
  }
  return { root, lines: group, reads: readsOf(group) };
}
