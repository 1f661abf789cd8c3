import { type Shape } from '@patternlens/core';
import { isBatch } from '@patternlens/core/tensor';
import type { Line, LoweredOperation, LoweredProgram, LoweredPort } from './line.js';

/** JSON has no infinite numbers. */
const keyOf = (parts: readonly unknown[]): string =>
  JSON.stringify(parts, (_name, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );

/** Collects lines; the same one is not written twice. */
export class Lowering {
  readonly #lines: Line[] = [];
  readonly #known = new Map<string, number>();

  add(operation: LoweredOperation, operands: readonly number[], shape: Shape): number {
    const key =
      operation.kind === 'constant' || operation.kind === 'input'
        ? undefined
        : keyOf([operation, operands, shape]);
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const isConstant =
      operation.kind === 'constant' ||
      (operands.length > 0 &&
        !shape.some(isBatch) &&
        operands.every((operand) => this.#lines[operand]!.isConstant));
    const id = this.#lines.length;
    this.#lines.push({ operation, operands, shape, isConstant });
    if (key !== undefined) this.#known.set(key, id);
    return id;
  }

  line(id: number): Line {
    return this.#lines[id]!;
  }

  finish(outputs: readonly LoweredPort[]): LoweredProgram {
    return { lines: this.#lines, outputs };
  }
}
