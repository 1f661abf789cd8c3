import { PatternLensError } from '@patternlens/core';

/** A public function with arguments that it takes. */
export interface PublicFunction {
  readonly of: (...args: never[]) => unknown;
  /** Right arguments, made anew for each call. */
  readonly args: () => readonly unknown[] | Promise<readonly unknown[]>;
  /** How many of them have to be given. */
  readonly needs: number;
  /** Wrong values that it takes all the same, by place, since they mean something to it. */
  readonly takes?: Readonly<Record<number, readonly string[]>>;
}

/** What callers without types hand in, by a name. */
const WRONG: Readonly<Record<string, () => unknown>> = {
  nothing: () => undefined,
  null: () => null,
  'a promise': () => Promise.resolve({}),
  'a text': () => 'no such thing',
  'a number': () => NaN,
  'a function': () => () => undefined,
  'an empty object': () => ({}),
  'an empty array': () => [],
  'an array of nothing': () => [undefined],
};

/** No value of these stands for something that has to be given. */
const NEVER = ['nothing', 'null', 'a function'];

export interface Misuse {
  readonly how: string;
  /** It must not be taken. */
  readonly refused: boolean;
  readonly args: readonly unknown[];
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  Object(value) === value && Object.getPrototypeOf(value) === Object.prototype;

const MADE = new WeakSet();

/** Marks what functions of PatternLens make, whose fields nobody writes by hand. */
export function made<T extends object>(thing: T): T {
  MADE.add(thing);
  return thing;
}

const replaced = (args: readonly unknown[], at: number, value: unknown): readonly unknown[] =>
  args.map((arg, place) => (place === at ? value : arg));

/** Every way in which a call can go wrong by one argument, or by one field of an object of options, which may be misspelt. */
export async function misusesOf({ args, needs, takes = {} }: PublicFunction): Promise<Misuse[]> {
  const misuses: Misuse[] = [];
  const right = await args();
  for (const [at, arg] of right.entries()) {
    for (const [wrong, value] of Object.entries(WRONG))
      misuses.push({
        how: `${wrong} as argument ${at}`,
        refused: at < needs && NEVER.includes(wrong) && takes[at]?.includes(wrong) !== true,
        args: replaced(await args(), at, value()),
      });
    if (!isPlain(arg) || MADE.has(arg)) continue;
    for (const name of Object.keys(arg))
      for (const [wrong, value] of Object.entries(WRONG))
        misuses.push({
          how: `${wrong} as ${name} of argument ${at}`,
          refused: false,
          args: replaced(await args(), at, { ...arg, [name]: value() }),
        });
  }
  return misuses;
}

/** What a call ends in, other than a result or an error of PatternLens; undefined where it is as it should be. */
export async function faultOf(
  { of }: PublicFunction,
  { args, refused, how }: Misuse,
): Promise<string | undefined> {
  try {
    await (of as (...given: readonly unknown[]) => unknown)(...args);
    return refused ? `${how}: taken` : undefined;
  } catch (thrown) {
    return thrown instanceof PatternLensError
      ? undefined
      : `${how}: ${String(thrown).slice(0, 160)}`;
  }
}
