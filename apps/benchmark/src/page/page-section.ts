import { type Child, element } from '@patternlens/page';

/** A section of the page under a heading. */
export function pageSection(
  id: string,
  heading: string,
  ...children: readonly (Child | readonly Child[])[]
): HTMLElement {
  return element(
    'section',
    { id, class: 'page-section', 'aria-labelledby': `${id}-heading` },
    element('h2', { id: `${id}-heading`, tabindex: '-1' }, heading),
    ...children,
  );
}
