type Attribute = string | number | boolean | undefined | ((event: Event) => void);
export type Child = Node | string | number | false | undefined;

/** An element with attributes (functions listen) and children. Strings become text, never markup, since reports are not trusted. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  const all: readonly Child[] = children.flat();
  for (const child of all) {
    if (child !== false && child !== undefined) {
      made.append(typeof child === 'number' ? String(child) : child);
    }
  }
  return made;
}
