import { PatternLensError } from '../errors.js';
import { suggestion } from '../names/nearest-name.js';
import type { Method, MethodChoice } from './method.js';
import type { MethodDefinition } from './method-definition.js';
import { METHODS } from './methods.js';
import { resolveParameters } from './resolve-parameters.js';

/** A method with its parameters checked and its defaults filled in.
 * @throws PatternLensError `invalid-argument` for an unknown id or parameter, with the nearest right one. */
export function resolveMethod(
  choice: MethodChoice,
  definitions: readonly MethodDefinition[] = METHODS,
): Method {
  const { id, ...given } = typeof choice === 'string' ? { id: choice } : choice;
  const definition = definitions.find((own) => own.id === id);
  if (!definition)
    throw new PatternLensError(
      'invalid-argument',
      `[core] there is no method "${id}". ${suggestion(
        id,
        definitions.map((own) => own.id),
      )}`,
      { method: id },
    );
  const resolved = resolveParameters(id, definition.parameters, given);
  const parameters = definition.settle?.(resolved) ?? resolved;
  return {
    id,
    ...(definition.plugin === undefined ? {} : { plugin: definition.plugin }),
    group: definition.group,
    start: definition.start,
    parameters,
    composite: definition.composite(parameters),
    needsPatterns: definition.needsPatterns?.(parameters) ?? false,
    timesInput: definition.timesInput ?? false,
  };
}
