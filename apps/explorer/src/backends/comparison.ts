import type { MethodAgreement } from '@patternlens/benchmark';
import type { Plane } from '@patternlens/heatmap';
import type { BackendFacts } from '../compute/calls/open-backend.js';
import type { ComparedLayers } from '../compute/calls/compare-layers.js';
import type { TimedMethod } from '../compute/calls/time-method.js';
import type { BackendId } from '../compute/backend-ids.js';
import type { SentFailure } from '../compute/call-failure.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { ComparedSetting } from './compared-setting.js';

/** One method on one backend. */
export interface ComparedCell {
  readonly timed?: TimedMethod | undefined;
  /** Its map of the first input. */
  readonly map?: Plane | undefined;
  readonly agreement?: MethodAgreement | undefined;
  /** Its map less float64's under the same decisions. */
  readonly difference?: Plane | undefined;
  readonly failure?: SentFailure | undefined;
}

/** One backend of a comparison. */
export interface ComparedRow {
  readonly id: BackendId;
  readonly status: 'waiting' | 'running' | 'done' | 'lacking' | 'failed';
  readonly facts?: BackendFacts | undefined;
  /** By the method's text. */
  readonly cells: ReadonlyMap<string, ComparedCell>;
  readonly layers?: ComparedLayers | undefined;
  /** Why it gave nothing, or not all. */
  readonly failure?: SentFailure | undefined;
}

/** The same sample, class and methods on several backends. */
export interface Comparison {
  readonly setting: ComparedSetting;
  readonly methods: readonly ChosenMethod[];
  /** Float64, which the others are held against. */
  readonly reference: ComparedRow;
  readonly rows: readonly ComparedRow[];
  /** What runs now, of how much. */
  readonly step?:
    { readonly what: string; readonly done: number; readonly total: number } | undefined;
}

/** A row that has not begun. */
export const emptyRow = (id: BackendId): ComparedRow => ({
  id,
  status: 'waiting',
  cells: new Map(),
});

/** A comparison with one row changed. */
export function withRow(
  comparison: Comparison,
  id: BackendId,
  change: (row: ComparedRow) => Partial<ComparedRow>,
): Comparison {
  const changed = (row: ComparedRow): ComparedRow =>
    row.id === id ? { ...row, ...change(row) } : row;
  return {
    ...comparison,
    reference: changed(comparison.reference),
    rows: comparison.rows.map(changed),
  };
}
