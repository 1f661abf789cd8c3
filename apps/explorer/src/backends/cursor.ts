import { errorText, valueText } from '@patternlens/page';
import type { Plane } from '@patternlens/heatmap';
import type { AppState } from '../state/app-state.js';
import type { Comparison } from './comparison.js';

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Moves the shared cursor by an arrow key, by ten with Shift. */
export function moveCursor(
  { cursor }: AppState,
  { width, height }: Plane,
  event: KeyboardEvent,
): void {
  const by = STEPS[event.key];
  if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  const stride = event.shiftKey ? 10 : 1;
  const { row, column, pinned } = cursor.peek() ?? {
    row: Math.floor(height / 2),
    column: Math.floor(width / 2),
    pinned: false,
  };
  const within = (value: number, size: number): number => Math.max(0, Math.min(size - 1, value));
  cursor.value = {
    row: within(row + by[0] * stride, height),
    column: within(column + by[1] * stride, width),
    pinned,
  };
}

/** What all backends say at the cursor; undefined where it is nowhere on their maps. */
export function readingOf(
  { reference, rows }: Comparison,
  shown: string,
  { row, column }: { readonly row: number; readonly column: number },
): string | undefined {
  const said = [reference, ...rows].flatMap(({ id, cells }) => {
    const { map, difference } = cells.get(shown) ?? {};
    if (!map || row >= map.height || column >= map.width) return [];
    const at = row * map.width + column;
    const off = difference ? ` (off by ${errorText(Math.abs(difference.values[at]!))})` : '';
    return [`${id} ${valueText(map.values[at]!)}${off}`];
  });
  return said.length === 0 ? undefined : `row ${row + 1}, column ${column + 1}: ${said.join('; ')}`;
}
