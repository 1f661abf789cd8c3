import type { BenchmarkReport } from '../report/benchmark-report.js';

export type Gates = 'equal' | 'free';

/** What the page shows at the moment. */
export interface PageState {
  readonly report: BenchmarkReport;
  readonly network: number;
  /** Id of the only host shown; all where undefined. */
  readonly host: string | undefined;
  readonly gates: Gates;
  readonly batch: number;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly cell: CellAddress | undefined;
  /** Another run that this one is compared with. */
  readonly before: { readonly name: string; readonly report: BenchmarkReport } | undefined;
}

/** A cell of the matrix: keys of a column and a row. */
interface CellAddress {
  readonly column: string;
  readonly row: string;
}

export interface Store<State> {
  get(): State;
  set(change: Partial<State>): void;
  /** Runs now, and after each change of one of these fields. */
  watch(fields: readonly (keyof State)[], run: (state: State) => void): void;
}

/** Holds the state; listeners run in the order in which they came. */
export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const watchers: { fields: readonly (keyof State)[]; run: (state: State) => void }[] = [];
  return {
    get: () => state,
    set(change) {
      const old = state;
      state = { ...state, ...change };
      for (const { fields, run } of watchers) {
        if (fields.some((field) => old[field] !== state[field])) run(state);
      }
    },
    watch(fields, run) {
      watchers.push({ fields, run });
      run(state);
    },
  };
}
