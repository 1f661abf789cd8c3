import { element, type Child } from './element.js';

export interface TableColumn {
  readonly heading: string;
  /** Figures stand to the right. */
  readonly figures?: boolean;
}

/** A table in a box of its own that scrolls sideways where the page is narrow. The first cell of a row heads it. */
export function dataTable(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly (Child | readonly Child[])[])[],
): HTMLElement {
  const align = (at: number): string | undefined => (columns[at]?.figures ? 'figures' : undefined);
  const id = `table-${nextTable++}`;
  return element(
    'div',
    { class: 'table-part' },
    element('p', { class: 'table-title', id }, caption),
    element(
      'div',
      { class: 'table-box', tabindex: '0', role: 'group', 'aria-labelledby': id },
      element(
        'table',
        { class: 'data-table', 'aria-labelledby': id },
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            columns.map(({ heading }, at) =>
              element('th', { scope: 'col', class: align(at) }, heading),
            ),
          ),
        ),
        element(
          'tbody',
          {},
          rows.map((cells) =>
            element(
              'tr',
              {},
              cells.map((cell, at) =>
                at === 0
                  ? element('th', { scope: 'row', class: align(at) }, cell)
                  : element('td', { class: align(at) }, cell),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

let nextTable = 0;
