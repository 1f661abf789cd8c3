import { clearFlips } from '@patternlens/benchmark';
import type { AppState } from '../state/app-state.js';
import type { ComparedBackend, ComparedRelevance } from '../state/contract-state.js';
import type { ComparedCell, ComparedRow, Comparison } from './comparison.js';

const agreementsOf = ({ cells }: ComparedRow) =>
  [...cells.values()].flatMap(({ agreement }) => (agreement ? [agreement] : []));

/** The largest distance over the methods; NaN where one is no number. */
const worst = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.max(...values);

/** The worst of a backend's methods. All methods of one sample share a forward pass, so decisions are not added up. */
export interface RowNumbers {
  readonly equalGates: number | null;
  readonly freeGates: number | null;
  /** By layer, where any differ. */
  readonly flips: readonly {
    readonly layer: string;
    readonly flips: number;
    readonly margin: number;
  }[];
  readonly flipCount: number;
  /** Layers whose decisions differ by more than rounding. */
  readonly clear: readonly string[];
  readonly sameClass: boolean;
}

export function rowNumbers(row: ComparedRow): RowNumbers {
  const agreements = agreementsOf(row);
  const flips = new Map<string, { layer: string; flips: number; margin: number }>();
  for (const { layer, flips: count, margin } of agreements.flatMap((each) => each.flips)) {
    const before = flips.get(layer);
    flips.set(layer, {
      layer,
      flips: Math.max(count, before?.flips ?? 0),
      margin: Math.max(margin, before?.margin ?? 0),
    });
  }
  return {
    equalGates: worst(agreements.map(({ equalGates }) => equalGates.relativeL2)),
    freeGates: worst(agreements.map(({ freeGates }) => freeGates.relativeL2)),
    flips: [...flips.values()],
    flipCount: [...flips.values()].reduce((sum, each) => sum + each.flips, 0),
    clear: [...new Set(agreements.flatMap(clearFlips))],
    sameClass: agreements.every(({ sameClass }) => sameClass),
  };
}

/** The median of warm runs, in milliseconds. */
export function warmOf(cell: ComparedCell | undefined): number | null {
  const times = [...(cell?.timed?.method ?? [])].sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? null;
}

const STATUS = { waiting: 'pending', running: 'pending' } as const;

const told = (row: ComparedRow, shown: string | undefined): ComparedBackend => {
  const { equalGates, freeGates, flipCount } = rowNumbers(row);
  return {
    id: row.id,
    status: row.status === 'waiting' || row.status === 'running' ? STATUS[row.status] : row.status,
    ms: warmOf(row.cells.get(shown ?? '')),
    ...{ equalGates, freeGates },
    flips: equalGates === null ? null : flipCount,
    ...(row.failure ? { reason: row.failure.sentence } : {}),
  };
};

const relevanceOf = ({ cells }: ComparedRow) =>
  new Map(
    [...cells].flatMap(([text, { timed }]) =>
      timed
        ? [
            [
              text,
              { relevance: timed.explanation.relevance, exponent: timed.explanation.exponents[0]! },
            ] as const,
          ]
        : [],
    ),
  );

/** Says in the page's state what a comparison found so far. */
export function tellComparison(
  { told: state, comparedRelevance }: AppState,
  comparison: Comparison | undefined,
  shown: string | undefined,
): void {
  if (!comparison) return;
  state.backends.value = comparison.rows.map((row) => told(row, shown));
  comparedRelevance.value = new Map(
    [comparison.reference, ...comparison.rows].map((row) => [row.id, relevanceOf(row)]),
  ) satisfies ComparedRelevance;
}
