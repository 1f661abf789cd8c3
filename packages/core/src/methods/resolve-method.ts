import { PatternLensError } from '../errors.js';
import { suggestion } from '../names/nearest-name.js';
import type { Method, MethodChoice, ParameterValue } from './method.js';
import { METHODS, type MethodDefinition } from './methods.js';

function invalid(message: string, method: string): never {
  throw new PatternLensError('invalid-argument', `[core] ${message}`, { method });
}

/** A method with its parameters checked and its defaults filled in.
 * @throws PatternLensError `invalid-argument` for an unknown id or parameter, with the nearest right one. */
export function resolveMethod(
  choice: MethodChoice,
  definitions: readonly MethodDefinition[] = METHODS,
): Method {
  const { id, ...given } = typeof choice === 'string' ? { id: choice } : choice;
  const definition = definitions.find((own) => own.id === id);
  if (!definition)
    return invalid(
      `there is no method "${id}". ${suggestion(
        id,
        definitions.map((own) => own.id),
      )}`,
      id,
    );
  const known = Object.keys(definition.parameters);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    invalid(
      known.length === 0
        ? `${id} has no parameters, got "${name}".`
        : `${id} has no parameter "${name}". ${suggestion(name, known)}`,
      id,
    );
  }
  const parameters: Record<string, ParameterValue> = {};
  for (const [name, spec] of Object.entries(definition.parameters)) {
    const value = (given as Record<string, ParameterValue>)[name] ?? spec.default;
    parameters[name] = checked(id, name, value, spec);
  }
  return {
    id,
    group: definition.group,
    start: definition.start,
    parameters,
    composite: definition.composite(parameters),
    needsPatterns: definition.needsPatterns?.(parameters) ?? false,
    timesInput: definition.timesInput ?? false,
  };
}

function checked(
  id: string,
  name: string,
  value: ParameterValue,
  spec: MethodDefinition['parameters'][string],
): ParameterValue {
  if (spec.choices) {
    const text = String(value);
    return spec.choices.includes(text)
      ? text
      : invalid(
          `${id}: ${name} must be one of ${spec.choices.join(', ')}, got "${text}". ${suggestion(text, spec.choices)}`,
          id,
        );
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    return invalid(`${id}: ${name} must be a number, got "${value}".`, id);
  if (spec.positive === true && number <= 0)
    return invalid(`${id}: ${name} must be above 0, got ${number}.`, id);
  return number;
}
