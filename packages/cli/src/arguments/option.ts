import { UsageError } from './usage-error.js';

/** What commander hands over for an option: a text, several, or whether it stands there. */
export type Typed = string | readonly string[] | boolean | undefined;

/** One option of a command: as its help shows it, and what becomes of what was typed. */
export interface Option<Value> {
  /** `--limit <N>`. */
  readonly flags: string;
  readonly description: string;
  /** What counts as typed where nothing is. */
  readonly fallback?: string;
  /** It may be given more than once. */
  readonly repeated?: true;
  readonly read: (typed: Typed) => Value;
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** What a table's options hold once they are read. */
export type Values<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

/** Turns a text into a value; complains in the name of the option.
 * @throws UsageError */
export type Parse<Value> = (text: string, option: string) => Value;

/** The name by which errors call an option: `--limit`. */
const longName = (flags: string): string => flags.split(' ')[0]!;

const asText: Parse<string> = (text) => text;

/** An option that stands there or does not; `--no-pictures` is true where it does not. */
export const flag = (flags: string, description: string): Option<boolean> => ({
  flags,
  description,
  read: (typed) => typed === true,
});

/** An option with a value, undefined where it is left out. */
export function optional(flags: string, description: string): Option<string | undefined>;
export function optional<Value>(
  flags: string,
  description: string,
  parse: Parse<Value>,
): Option<Value | undefined>;
export function optional(
  flags: string,
  description: string,
  parse: Parse<unknown> = asText,
): Option<unknown> {
  return {
    flags,
    description,
    read: (typed) => (typeof typed === 'string' ? parse(typed, longName(flags)) : undefined),
  };
}

/** An option that must be given. */
export const required = (flags: string, description: string): Option<string> => ({
  flags,
  description,
  // Complained of here, behind options that do not exist: one of them may be this one, misspelt.
  read: (typed) => {
    if (typeof typed === 'string') return typed;
    throw new UsageError(`required option '${flags}' not specified.`);
  },
});

/** An option with a value for where it is left out, which the help shows. */
export function withDefault(flags: string, description: string, fallback: string): Option<string>;
export function withDefault<Value>(
  flags: string,
  description: string,
  fallback: string,
  parse: Parse<Value>,
): Option<Value>;
export function withDefault(
  flags: string,
  description: string,
  fallback: string,
  parse: Parse<unknown> = asText,
): Option<unknown> {
  return {
    flags,
    description,
    fallback,
    read: (typed) => parse(typed as string, longName(flags)),
  };
}

/** An option that may be given again and again. */
export const repeated = <Value>(
  flags: string,
  description: string,
  parse: (texts: readonly string[]) => Value,
): Option<Value> => ({
  flags,
  description,
  repeated: true,
  read: (typed) => parse((typed as readonly string[] | undefined) ?? []),
});

/** An option of several words one behind the other: `--fit one.npy two.npy`. */
export const words = (
  flags: `${string} <${string}...>`,
  description: string,
): Option<readonly string[] | undefined> => ({
  flags,
  description,
  read: (typed) => typed as readonly string[] | undefined,
});
