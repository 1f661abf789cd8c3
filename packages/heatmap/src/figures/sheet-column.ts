import type { Drawing } from '../looks/drawing.js';

/** A picture of a sheet and the few words beneath it. */
export interface Cell {
  readonly drawing: Drawing;
  readonly note: string;
}

/** One cell a row under a heading. */
export interface Column {
  readonly heading: string;
  /** Beneath the heading. */
  readonly remark: string;
  readonly cells: readonly Cell[];
}
