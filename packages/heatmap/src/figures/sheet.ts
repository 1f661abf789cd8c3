import {
  PatternLensError,
  type ExplanationWarning,
  type Recipe,
  type Tensor,
} from '@patternlens/core';
import { formatShape } from '@patternlens/core/tensor';
import type { ShownInput } from '../looks/input-drawing.js';
import type { LookOptions } from '../looks/look.js';
import type { Layout } from '../maps/geometry.js';
import type { ExplainedTarget } from '../words/target-text.js';

/** One column of maps. */
export interface SheetMethod {
  readonly recipe: Recipe;
  /** Above the column; the method's readable name unless given. */
  readonly name?: string | undefined;
}

/** One column of what is known about the samples: a `signal` has mid-grey for zero, an `image` is shown as the input is. */
export interface SheetTruth {
  readonly name: string;
  readonly kind: 'signal' | 'image';
}

/** One sample explained by one method. */
export interface SheetMap {
  /** Raw, signed relevance of the sample, without the batch axis. */
  readonly relevance: Tensor;
  /** The true relevance is the given one times 2^exponent; 0 unless given. */
  readonly exponent?: number | undefined;
  /** What has to be known to read it: the map is marked, and the words stand at the foot of the sheet. None unless given. */
  readonly warnings?: readonly ExplanationWarning[] | undefined;
  /** A few words beneath the map, such as a score. */
  readonly note?: string | undefined;
}

/** One sample with its maps, one a method. */
export interface SheetRow {
  readonly input: ShownInput;
  readonly target: ExplainedTarget;
  /** What the sample truly is, where that is known. */
  readonly trueName?: string | undefined;
  readonly maps: readonly SheetMap[];
  /** What is known about it, one a truth column. */
  readonly truth?: readonly Tensor[] | undefined;
}

/** Samples by methods: what a contact sheet shows. */
export interface Sheet {
  readonly title?: string | undefined;
  /** Of every sample: inputs, relevance and truth. */
  readonly layout: Layout;
  readonly methods: readonly SheetMethod[];
  readonly truth?: readonly SheetTruth[] | undefined;
  readonly rows: readonly SheetRow[];
  /** Sentences at the foot: what the notes beneath the maps mean, say. */
  readonly notes?: readonly string[] | undefined;
}

/** What shares a scale: nothing but the `map` itself, or all samples of a `method`, so that rows compare. */
export type SheetScope = 'map' | 'method';

export interface SheetOptions extends LookOptions {
  /** The longer side of a cell's image in pixels, nearly; chosen by size and number of columns unless given. */
  readonly cellSize?: number | undefined;
  /** What shares a scale; `map` unless given. */
  readonly scope?: SheetScope | undefined;
  /** Pixels per pixel of the page, a whole number; 1 unless given. */
  readonly zoom?: number | undefined;
}

const LEAST_CELL = 16;
const LARGEST_CELL = 1024;

/** Refuses a sheet whose rows and columns do not fill each other.
 * @throws PatternLensError `invalid-argument` naming the first row that does not, or a cell size that can't be drawn. */
export function checkSheet(
  { methods, truth = [], rows }: Sheet,
  { cellSize = LEAST_CELL }: SheetOptions,
): void {
  if (!(Number.isInteger(cellSize) && cellSize >= LEAST_CELL && cellSize <= LARGEST_CELL)) {
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `sheet: expected a cell size from ${LEAST_CELL} to ${LARGEST_CELL} pixels, got ${cellSize}. Leave it out to have one chosen.`,
    );
  }
  if (methods.length === 0 || rows.length === 0) {
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `sheet: expected at least one method and one row, got ${formatShape([methods.length, rows.length])}. Explain a sample first.`,
    );
  }
  for (const [at, row] of rows.entries()) {
    const given = [row.maps.length, row.truth?.length ?? 0];
    if (given[0] === methods.length && given[1] === truth.length) continue;
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `sheet row ${at}: expected ${methods.length} maps and ${truth.length} truths, got ${given.join(' and ')}. Give one a column.`,
    );
  }
}
