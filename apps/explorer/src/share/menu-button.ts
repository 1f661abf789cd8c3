import { signal } from '@preact/signals-core';
import { html, type TemplateResult } from 'lit-html';

/** Something that a menu does. */
export interface MenuAction {
  readonly name: string;
  /** Why it can't be done now; undefined where it can. */
  readonly lacking?: string | undefined;
  readonly act: () => void;
}

/** A choice among several, which stays in the menu. */
export interface MenuChoice {
  readonly name: string;
  readonly checked: boolean;
  readonly choose: () => void;
}

export interface MenuParts {
  /** Names the button and the menu. */
  readonly name: string;
  readonly actions: readonly MenuAction[];
  readonly choices?: { readonly name: string; readonly all: readonly MenuChoice[] } | undefined;
}

/** The menu that is open, by its name. */
const open = signal<string | undefined>(undefined);

const idOf = (name: string): string => `menu-${name.toLowerCase()}`;

const itemsOf = (name: string): HTMLElement[] => [
  ...(document.getElementById(idOf(name))?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []),
];

function focusItem(name: string, at: number): void {
  const items = itemsOf(name);
  items.at(at % items.length)?.focus();
}

function show(name: string, at = 0): void {
  open.value = name;
  // The menu stands in the page once the template is rendered, which the signal sees to.
  queueMicrotask(() => {
    const menu = document.getElementById(idOf(name));
    // It ends where its button ends, unless that is too near to the page's other side.
    if (menu && menu.getBoundingClientRect().left < 0) menu.dataset['side'] = 'start';
    focusItem(name, at);
  });
}

function close(name: string, returnFocus = true): void {
  if (open.peek() !== name) return;
  if (returnFocus) document.getElementById(`${idOf(name)}-button`)?.focus();
  open.value = undefined;
}

function onMenuKey(event: KeyboardEvent, name: string): void {
  const items = itemsOf(name);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const { key } = event;
  const places: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: -1,
  };
  const place = places[key];
  if (key === 'Tab') {
    close(name);
    return;
  }
  // Keys of the page do other things; while a menu is open they belong to it.
  event.stopPropagation();
  if (key === 'Escape') {
    event.preventDefault();
    close(name);
  } else if (place !== undefined) {
    event.preventDefault();
    focusItem(name, place);
  } else if (key.length === 1 && key !== ' ') {
    const next = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    next
      .find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()))
      ?.focus();
  }
}

function onButtonKey(event: KeyboardEvent, name: string): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  event.stopPropagation();
  show(name, event.key === 'ArrowDown' ? 0 : -1);
}

const actionItem = ({ name: text, lacking, act }: MenuAction, menu: string): TemplateResult =>
  html`<button
    type="button"
    role="menuitem"
    tabindex="-1"
    aria-disabled=${String(lacking !== undefined)}
    title=${lacking ?? ''}
    @click=${() => {
      if (lacking !== undefined) return;
      close(menu);
      act();
    }}
  >
    ${text}
  </button>`;

const choiceItem = ({ name: text, checked, choose }: MenuChoice): TemplateResult =>
  html`<button
    type="button"
    role="menuitemradio"
    tabindex="-1"
    aria-checked=${String(checked)}
    @click=${choose}
  >
    ${text}
  </button>`;

/** A button that opens a menu: arrows, Home, End and first letters move in it, Escape and Tab close it, and focus goes back to the button. */
export function menuButton(parts: () => MenuParts, name: string): TemplateResult {
  const isOpen = open.value === name;
  const { actions, choices } = isOpen ? parts() : { actions: [], choices: undefined };
  const id = idOf(name);
  return html`<div
    class="menu"
    @focusout=${(event: FocusEvent) => {
      const to = event.relatedTarget as Node | null;
      if (to && !(event.currentTarget as Node).contains(to)) close(name, false);
    }}
  >
    <button
      type="button"
      id="${id}-button"
      aria-haspopup="menu"
      aria-expanded=${String(isOpen)}
      @keydown=${(event: KeyboardEvent) => {
        onButtonKey(event, name);
      }}
      @click=${() => {
        if (isOpen) close(name);
        else show(name);
      }}
    >
      ${name}
    </button>
    ${
      isOpen
        ? html`<div
            role="menu"
            id=${id}
            class="menu-items"
            aria-label=${name}
            @keydown=${(event: KeyboardEvent) => {
              onMenuKey(event, name);
            }}
          >
            ${actions.map((action) => actionItem(action, name))}
            ${
              choices && choices.all.length > 2
                ? html`<div role="group" aria-label=${choices.name} class="menu-choices">
                    ${choices.all.map(choiceItem)}
                  </div>`
                : undefined
            }
          </div>`
        : undefined
    }
  </div>`;
}

/** Closes whatever menu is open when something else is pressed. */
export function closeMenusOutside(): void {
  document.addEventListener('pointerdown', ({ target }) => {
    const name = open.peek();
    if (name !== undefined && !(target as Element).closest('.menu')) close(name, false);
  });
}
