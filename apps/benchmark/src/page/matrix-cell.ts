import { counted, element, errorColours, errorText, ratioText, timeText } from '@patternlens/page';
import type { Failure, MethodResult } from '../report/benchmark-report.js';
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
    button.append(spoken(whole ? `${column.label}: ` : `${row.label} on ${column.label}: `));
    fillFailed(button, failure, whole);
  } else {
    button.append(spoken(`${row.label} on ${column.label}: `));
    if (result === undefined) {
      button.classList.add('cell-lacks');
      button.append(element('span', { class: 'cell-word' }, 'not asked for'));
    } else fillMeasured(button, result, shown);
  }
  return button;
}

/** The text for screen readers; others see it in the headings and the legend. */
const spoken = (words: string): HTMLElement => element('span', { class: 'spoken' }, words);

function fillFailed(button: HTMLElement, failure: Failure, whole: boolean): void {
  button.classList.add(failure.kind === 'failed' ? 'cell-failed' : 'cell-lacks');
  button.title = failure.reason;
  button.append(
    element('span', { class: 'cell-word' }, whole ? 'did not run' : failureWord(failure)),
    spoken('. '),
    element('span', { class: 'cell-reason' }, failure.reason),
  );
}

function fillMeasured(
  button: HTMLElement,
  result: MethodResult,
  { gates, batch, limit }: CellShown,
): void {
  const { agreement } = result;
  const times = timesOf(result, batch);
  const flips = flipsOf(result);
  const error = agreement?.[gates === 'equal' ? 'equalGates' : 'freeGates'].relativeL2;
  const above = gates === 'equal' && error !== undefined && !(error <= limit);
  button.classList.toggle('cell-above', above);
  if (error !== undefined) paint(button, error);
  button.append(
    element(
      'span',
      { class: 'cell-error' },
      above && mark('▲', 'above the limit, ', 'mark-before'),
      error === undefined ? 'no comparison' : errorText(error),
      flips > 0 && mark('◆', `, ${counted(flips, 'flipped decision')}`, 'mark-after'),
      agreement?.sameClass === false && mark('≠', ', another class', 'mark-after'),
    ),
    spoken(', '),
    element(
      'span',
      { class: 'cell-time' },
      times === undefined
        ? 'not timed'
        : `${timeText(times.method.median)} · ${ratioText(times.ratio.value)}`,
    ),
  );
}

/** A sign, with its words for screen readers. */
const mark = (sign: string, words: string, place: string): HTMLElement =>
  element(
    'span',
    { title: words.replace(/^, |, $/g, '') },
    element('span', { class: `mark ${place}`, 'aria-hidden': 'true' }, sign),
    spoken(words),
  );

/** Both themes' colours; the style sheet takes the one in use. */
function paint(target: HTMLElement, error: number): void {
  for (const theme of ['light', 'dark'] as const) {
    const { background, ink } = errorColours(error, theme);
    target.style.setProperty(`--${theme}-background`, background);
    target.style.setProperty(`--${theme}-ink`, ink);
  }
  target.classList.add('painted');
}
