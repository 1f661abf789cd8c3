import type { MethodChoice } from '@patternlens/core';

const setting = (value: unknown): string =>
  Array.isArray(value) ? value.join('/') : String(value);

function nameOf(choice: MethodChoice): string {
  if (typeof choice === 'string') return choice;
  const { id, ...parameters } = choice;
  const settings = Object.entries(parameters).map(([key, value]) => `${key}=${setting(value)}`);
  return settings.length === 0 ? id : `${id}:${settings.join(',')}`;
}

const idOf = (choice: MethodChoice): string => (typeof choice === 'string' ? choice : choice.id);

/** A name for each method: its id, with its parameters where several share the id; the second of equal ones is `NAME#2`. */
export function methodNames(choices: readonly MethodChoice[]): string[] {
  const ids = choices.map(idOf);
  const seen = new Map<string, number>();
  return choices.map((choice, at) => {
    const isAlone = ids.filter((id) => id === ids[at]).length === 1;
    const name = isAlone ? ids[at]! : nameOf(choice);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}#${times}`;
  });
}
