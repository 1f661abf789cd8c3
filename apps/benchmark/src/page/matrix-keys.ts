type Step = (column: number, row: number) => readonly [number, number];

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: (column, row) => [column - 1, row],
  ArrowRight: (column, row) => [column + 1, row],
  ArrowUp: (column, row) => [column, row - 1],
  ArrowDown: (column, row) => [column, row + 1],
  Home: (_, row) => [0, row],
  End: (_, row) => [Infinity, row],
};

/** Moves the focus by arrow keys, Home and End; what has the focus is shown. A cell over all rows is met in each of them,
 * and the row that one came from is kept. */
export function moveInMatrix(
  event: KeyboardEvent,
  show: (column: string, row: string) => void,
): void {
  const step = STEPS[event.key];
  const from = event.target;
  if (
    step === undefined ||
    !(from instanceof HTMLButtonElement) ||
    event.ctrlKey ||
    event.altKey ||
    event.metaKey
  )
    return;
  const table = from.closest('table')!;
  const buttons = [...table.querySelectorAll<HTMLButtonElement>('.cell')];
  const places = new Map(buttons.map((button) => [button.dataset['place']!, button]));
  const [column, row] = from.dataset['place']!.split(' ').map(Number) as [number, number];
  const whole = from.dataset['whole'] === 'true';
  const wide = Math.max(...buttons.map((button) => Number(button.dataset['place']!.split(' ')[0])));
  const at = whole ? Number(table.dataset['row'] ?? 0) : row;
  const [nextColumn, nextRow] = step(column, at);
  const clamped = Math.max(0, Math.min(wide, nextColumn));
  const top = places.get(`${clamped} 0`);
  const next = top?.dataset['whole'] === 'true' ? top : places.get(`${clamped} ${nextRow}`);
  event.preventDefault();
  if (next === undefined || next === from) return;
  table.dataset['row'] = String(nextRow);
  next.focus();
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  show(next.dataset['column']!, next.dataset['row']!);
}
