import { checkArgument } from '../arguments/check-argument.js';
import { suggestion } from '../errors/nearest-name.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { MethodDefinition } from './method-definition.js';
import { methodOf } from './method-of.js';
import type { MethodChoice } from './method-choice.js';
import type { Method } from './method.js';
import { METHOD } from './method-kind.js';
import { METHODS } from './methods.js';

/** A method with its parameters checked and its defaults filled in.
 * @throws PatternLensError `invalid-argument` for an unknown id or parameter, with the nearest right one. */
export function resolveMethod(
  choice: MethodChoice,
  definitions: readonly MethodDefinition[] = METHODS,
): Method {
  checkArgument('core', 'method', choice, METHOD);
  const { id, ...given } = typeof choice === 'string' ? { id: choice } : choice;
  const definition = definitions.find((candidate) => candidate.id === id);
  if (!definition)
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `there is no method "${id}". ${suggestion(
        id,
        definitions.map((candidate) => candidate.id),
      )}`,
      { method: id },
    );
  return methodOf(definition, given);
}
