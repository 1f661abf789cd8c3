import type { Failure, MethodResult } from '../report/benchmark-report.js';
import { element } from './element.js';
import { errorColours } from './error-colour.js';
import { counted, errorText, ratioText, timeText } from './numbers.js';
import type { Gates } from './page-state.js';
import { failureWord, flipsOf, timesOf, type Column, type Row } from './report-view.js';

export interface CellShown {
  readonly column: Column;
  readonly row: Row;
  readonly result: MethodResult | undefined;
  readonly gates: Gates;
  readonly batch: number;
  readonly limit: number;
}

/** The button of a cell. `place` is its column and row in the table, for the arrow keys. */
export function matrixCell(
  shown: CellShown,
  place: string,
  choose: (column: string, row: string) => void,
): HTMLElement {
  const { column, row, result } = shown;
  const button = element('button', {
    type: 'button',
    class: 'cell',
    tabindex: '-1',
    'data-column': column.key,
    'data-row': row.key,
    'data-place': place,
    click: () => {
      choose(column.key, row.key);
    },
  });
  const failure = column.backend.failure ?? result?.failure;
  if (failure !== undefined) {
    const whole = column.backend.failure !== undefined;
    button.dataset['whole'] = String(whole);
    fillFailed(button, failure, whole, shown);
  } else if (result === undefined) {
    button.classList.add('cell-lacks');
    button.append(element('span', { class: 'cell-word' }, 'not asked for'));
    button.setAttribute('aria-label', `${row.label} on ${column.label}: not asked for`);
  } else fillMeasured(button, result, shown);
  return button;
}

function fillFailed(
  button: HTMLElement,
  failure: Failure,
  whole: boolean,
  { row, column }: CellShown,
): void {
  const word = whole ? 'did not run' : failureWord(failure);
  button.classList.add(failure.kind === 'failed' ? 'cell-failed' : 'cell-lacks');
  button.append(
    element('span', { class: 'cell-word' }, word),
    element('span', { class: 'cell-reason' }, withoutSender(failure.reason)),
  );
  button.title = failure.reason;
  const what = whole ? column.label : `${row.label} on ${column.label}`;
  button.setAttribute('aria-label', `${what}: ${word}. ${failure.reason}`);
}

function fillMeasured(button: HTMLElement, result: MethodResult, shown: CellShown): void {
  const { column, row, gates, batch, limit } = shown;
  const { agreement } = result;
  const times = timesOf(result, batch);
  const flips = flipsOf(result);
  const error = agreement?.[gates === 'equal' ? 'equalGates' : 'freeGates'].relativeL2;
  const above = gates === 'equal' && error !== undefined && !(error <= limit);
  const marks = [
    ...(above ? ['above the limit'] : []),
    ...(flips > 0 ? [counted(flips, 'flipped decision')] : []),
    ...(agreement?.sameClass === false ? ['another class'] : []),
  ];
  button.classList.toggle('cell-above', above);
  if (error !== undefined) paint(button, error);
  button.append(
    element(
      'span',
      { class: 'cell-error' },
      above && element('span', { class: 'mark mark-before', title: 'above the limit' }, '▲'),
      error === undefined ? 'no comparison' : errorText(error),
      flips > 0 &&
        element('span', { class: 'mark mark-after', title: counted(flips, 'flip') }, '◆'),
      agreement?.sameClass === false &&
        element('span', { class: 'mark mark-after', title: 'another class' }, '≠'),
    ),
    element(
      'span',
      { class: 'cell-time' },
      times === undefined
        ? 'not timed'
        : `${timeText(times.method.median)} · ${ratioText(times.ratio.value)}`,
    ),
  );
  const words = [
    error === undefined ? 'not compared' : `error ${errorText(error)}`,
    ...marks,
    ...(times === undefined
      ? []
      : [`${timeText(times.method.median)}, ${ratioText(times.ratio.value)} the forward pass`]),
  ];
  button.setAttribute('aria-label', `${row.label} on ${column.label}: ${words.join(', ')}`);
}

/** A sentence without the package that says it, which stands in the column's heading. */
const withoutSender = (reason: string): string => reason.replace(/^\[[\w-]+\] /, '');

/** Both themes' colours; the style sheet takes the one in use. */
export function paint(target: HTMLElement, error: number): void {
  for (const theme of ['light', 'dark'] as const) {
    const { background, ink } = errorColours(error, theme);
    target.style.setProperty(`--${theme}-background`, background);
    target.style.setProperty(`--${theme}-ink`, ink);
  }
  target.classList.add('painted');
}
