import { element } from '@patternlens/page';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A labelled list to choose one from. */
export function chooser(
  label: string,
  choices: readonly Choice[],
  chosen: string,
  choose: (value: string) => void,
): HTMLElement {
  const select = element(
    'select',
    {
      change: () => {
        choose(select.value);
      },
    },
    choices.map(({ value, label: text }) =>
      element('option', { value, selected: value === chosen }, text),
    ),
  );
  return element('label', { class: 'field' }, element('span', {}, label), select);
}

/** A labelled row of buttons of which one is pressed: for two or three choices. */
export function switcher(
  label: string,
  choices: readonly Choice[],
  chosen: string,
  choose: (value: string) => void,
): HTMLElement {
  const name = `switch-${nextName++}`;
  return element(
    'fieldset',
    { class: 'field switch' },
    element('legend', {}, label),
    element(
      'div',
      { class: 'switch-choices' },
      choices.map(({ value, label: text }) =>
        element(
          'label',
          {},
          element('input', {
            type: 'radio',
            name,
            value,
            checked: value === chosen,
            change: () => {
              choose(value);
            },
          }),
          element('span', {}, text),
        ),
      ),
    ),
  );
}

let nextName = 0;
