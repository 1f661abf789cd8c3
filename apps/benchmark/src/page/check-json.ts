import { PatternLensError, type MethodParameters } from '@patternlens/core';

/** Checks a value from a file, and gives it with its type. `path` says where it stands: `networks[0].name`. */
export type Check<Value> = (value: unknown, path: string) => Value;

type Checked<Fields extends Readonly<Record<string, Check<unknown>>>> = {
  readonly [Name in keyof Fields]: ReturnType<Fields[Name]>;
};

/** Throws an error that names the wrong value. */
export function wrong(path: string, expected: string, value: unknown): never {
  const got =
    value === undefined
      ? 'nothing'
      : value === null
        ? 'null'
        : Array.isArray(value)
          ? 'a list'
          : typeof value === 'object'
            ? 'an object'
            : cut(JSON.stringify(value));
  throw new PatternLensError(
    'benchmark',
    'invalid-file',
    `report, ${path}: expected ${expected}, got ${got}. Write the report anew with \`npm run benchmark\`.`,
  );
}

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

export const text: Check<string> = (value, path) =>
  typeof value === 'string' ? value : wrong(path, 'text', value);

export const number: Check<number> = (value, path) =>
  typeof value === 'number' ? value : wrong(path, 'a number', value);

/** A number; null stands for infinity, which JSON cannot write. */
export const numberOrNull: Check<number> = (value, path) =>
  value === null ? Infinity : number(value, path);

/** A whole number from 0 on. */
export const count: Check<number> = (value, path) =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? (value as number)
    : wrong(path, 'a whole number', value);

export const flag: Check<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : wrong(path, 'true or false', value);

export const oneOf =
  <const Value extends string | number>(...values: readonly Value[]): Check<Value> =>
  (value, path) =>
    values.find((known) => known === value) ??
    wrong(path, values.map((known) => JSON.stringify(known)).join(' or '), value);

export const optional =
  <Value>(check: Check<Value>): Check<Value | undefined> =>
  (value, path) =>
    value === undefined ? undefined : check(value, path);

export const listOf =
  <Value>(check: Check<Value>): Check<readonly Value[]> =>
  (value, path) =>
    Array.isArray(value)
      ? value.map((item, at) => check(item, `${path}[${at}]`))
      : wrong(path, 'a list', value);

/** The fields named; others are left out. */
export const objectOf =
  <Fields extends Readonly<Record<string, Check<unknown>>>>(
    fields: Fields,
  ): Check<Checked<Fields>> =>
  (value, path) => {
    if (!isObject(value)) return wrong(path, 'an object', value);
    const entries = Object.entries(fields).map(([name, check]) => {
      const at = path === '' ? name : `${path}.${name}`;
      return [name, check(Object.hasOwn(value, name) ? value[name] : undefined, at)] as const;
    });
    return Object.fromEntries(
      entries.filter(([, checked]) => checked !== undefined),
    ) as Checked<Fields>;
  };

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number');

/** Names with texts, numbers or lists of numbers. */
export const settings: Check<MethodParameters> = (value, path) => {
  if (!isObject(value)) return wrong(path, 'an object', value);
  return Object.fromEntries(
    Object.entries(value).map(([name, setting]) => [
      name,
      typeof setting === 'number' || typeof setting === 'string' || isNumbers(setting)
        ? setting
        : wrong(`${path}.${name}`, 'a number, text or numbers', setting),
    ]),
  );
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
