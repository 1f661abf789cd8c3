import type { BackendId } from '../compute/backend-ids.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { ComparedSetting } from './compared-setting.js';
import { withRow, type ComparedCell, type ComparedRow, type Comparison } from './comparison.js';
import type { BackendsParts } from './parts.js';

/** A comparison under way. */
export interface Running {
  readonly parts: BackendsParts;
  readonly setting: ComparedSetting;
  readonly methods: readonly ChosenMethod[];
  readonly signal: AbortSignal;
}

/** One that was cancelled says no more: another may have begun. */
export const change = (
  { parts, signal }: Running,
  next: (before: Comparison) => Comparison,
): void => {
  if (signal.aborted) return;
  parts.comparison.value = next(parts.comparison.peek()!);
};

export const setRow = (
  running: Running,
  id: BackendId,
  next: (row: ComparedRow) => Partial<ComparedRow>,
): void => {
  change(running, (comparison) => withRow(comparison, id, next));
};

export const setCell = (
  running: Running,
  id: BackendId,
  text: string,
  cell: ComparedCell,
): void => {
  setRow(running, id, ({ cells }) => ({
    cells: new Map(cells).set(text, { ...cells.get(text), ...cell }),
  }));
};

export const step = (running: Running, what: string, count = 1): void => {
  change(running, (comparison) => {
    const { done = 0, total = 1 } = comparison.step ?? {};
    return { ...comparison, step: { what, done: Math.min(total, done + count), total } };
  });
};
