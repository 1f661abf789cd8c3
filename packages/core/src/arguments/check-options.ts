import { suggestion } from '../errors/nearest-name.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { type ArgumentKind, expects } from './argument-kind.js';
import { checkArgument } from './check-argument.js';

/** What each option of a function may be: the compiler asks for all of them. */
export type OptionKinds<O> = { readonly [Name in keyof O]-?: ArgumentKind };

/** Checks the options of a function: that each is known and is what it has to be.
 * @param scope The package: the `scope` of the error.
 * @param where The name of the function.
 * @throws PatternLensError `invalid-argument` naming an unknown option with the nearest known one, an option of another kind, or one that is missing. */
export function checkOptions<O extends object>(
  scope: string,
  where: string,
  given: O | undefined,
  kinds: OptionKinds<O>,
): void {
  const known = Object.entries<ArgumentKind>(kinds);
  const needed = known.filter(([, { required }]) => required).map(([name]) => name);
  checkArgument(scope, `${where}: options`, given, {
    ...expects.object,
    expected: `an object${needed.length === 0 ? '' : ` with ${needed.join(' and ')}`}`,
    required: needed.length > 0,
    remedy: `Options: ${known.map(([name]) => name).join(', ')}.`,
  });
  if (given === undefined) return;
  const names = known.map(([name]) => name);
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !names.includes(name))
      throw new PatternLensError(
        scope,
        'invalid-argument',
        `${where}: there is no option "${name}". ${suggestion(name, names)}`,
      );
  for (const [name, kind] of known)
    checkArgument(scope, `${where}: ${name}`, (given as Record<string, unknown>)[name], kind);
}
