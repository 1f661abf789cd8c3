import { element } from '@patternlens/page';

export interface Choices {
  /** A heading over them; none where all belong together. */
  readonly heading?: string | undefined;
  readonly values: readonly { readonly value: string; readonly label: string }[];
}

/** Boxes to tick, with buttons that tick all of them or none. */
export function choiceList(
  name: string,
  legend: string,
  groups: readonly Choices[],
  isChosen: (value: string) => boolean,
): HTMLElement {
  const box = (value: string, label: string): HTMLElement =>
    element(
      'label',
      { class: 'choice' },
      element('input', { type: 'checkbox', name, value, checked: isChosen(value) }),
      element('span', {}, label),
    );
  const list = element(
    'div',
    { class: 'choice-groups' },
    groups.map(({ heading, values }) =>
      element(
        'div',
        { class: 'choice-group' },
        heading !== undefined && element('h3', {}, heading),
        element(
          'div',
          { class: 'choices' },
          values.map(({ value, label }) => box(value, label)),
        ),
      ),
    ),
  );
  const tick = (isTicked: boolean): void => {
    for (const input of list.querySelectorAll('input')) input.checked = isTicked;
  };
  const button = (text: string, isTicked: boolean): HTMLElement =>
    element(
      'button',
      {
        type: 'button',
        class: 'action small',
        'aria-label': `${text} of ${legend.toLowerCase()}`,
        click: () => {
          tick(isTicked);
        },
      },
      text,
    );
  return element(
    'fieldset',
    { class: 'form-part' },
    element('legend', {}, legend),
    element('div', { class: 'choice-buttons' }, button('All', true), button('None', false)),
    list,
  );
}
