import { suggestion } from '../errors/nearest-name.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { MethodParameters, ParameterSpec, ParameterValue } from './parameter-spec.js';

function invalid(message: string, method: string): never {
  throw new PatternLensError('core', 'invalid-argument', message, { method });
}

/** Parameters checked, with defaults filled in; text is read as numbers where numbers are asked for.
 * @throws PatternLensError `invalid-argument` for an unknown name, with the nearest right one, or a value out of range. */
export function resolveParameters(
  id: string,
  specs: Readonly<Record<string, ParameterSpec>>,
  given: Readonly<Record<string, unknown>>,
): MethodParameters {
  const known = Object.keys(specs);
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
  for (const [name, spec] of Object.entries(specs)) {
    const value = given[name] ?? spec.default;
    if (value !== undefined) parameters[name] = checked(id, name, value, spec);
  }
  const missing = requiredParameters(specs).filter((name) => parameters[name] === undefined);
  if (missing.length > 0)
    invalid(
      `${id} needs ${missing.join(' and ')}, for which there is no default: what is right depends on the network. For example ${exampleText(id, specs)}.`,
      id,
    );
  return parameters;
}

/** Names of the parameters that have to be given. */
export const requiredParameters = (specs: Readonly<Record<string, ParameterSpec>>): string[] =>
  Object.entries(specs)
    .filter(([, { required }]) => required === true)
    .map(([name]) => name);

/** An example for each parameter that has to be given. */
export const exampleParameters = (
  specs: Readonly<Record<string, ParameterSpec>>,
): MethodParameters =>
  Object.fromEntries(requiredParameters(specs).map((name) => [name, specs[name]!.example!]));

/** A method with examples as it is typed, and how several numbers are. */
function exampleText(id: string, specs: Readonly<Record<string, ParameterSpec>>): string {
  const typed = (values: Readonly<Record<string, string>>): string =>
    `${id}:${Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join(',')}`;
  const examples = Object.fromEntries(
    Object.entries(exampleParameters(specs)).map(([name, value]) => [name, String(value)]),
  );
  const lists = Object.keys(examples).every((name) => specs[name]!.list === true);
  const three = Object.entries(examples).map(([name, value]) => [
    name,
    [value, value, value].join('/'),
  ]);
  return lists
    ? `${typed(examples)}, or one number a channel, ${typed(Object.fromEntries(three) as Record<string, string>)}`
    : typed(examples);
}

function checked(id: string, name: string, value: unknown, spec: ParameterSpec): ParameterValue {
  if (spec.choices) {
    const text = String(value);
    return spec.choices.includes(text)
      ? text
      : invalid(
          `${id}: ${name} must be one of ${spec.choices.join(', ')}, got "${text}". ${suggestion(text, spec.choices)}`,
          id,
        );
  }
  if (spec.text === true) return String(value);
  if (typeof value === 'string' && spec.words?.includes(value) === true) return value;
  if (spec.list === true) {
    const parts: unknown[] =
      typeof value === 'string'
        ? value.split('/')
        : Array.isArray(value)
          ? (value as unknown[])
          : [value];
    const numbers = parts.map((part) => numberOf(id, name, part, spec));
    return numbers.length === 1 ? numbers[0]! : numbers;
  }
  return numberOf(id, name, value, spec);
}

function alternatives({ list, words }: ParameterSpec): string {
  const others = [...(list === true ? ['one a channel (-1/-2/-3)'] : []), ...(words ?? [])];
  return others.map((other) => `, or ${other}`).join('');
}

function numberOf(id: string, name: string, value: unknown, spec: ParameterSpec): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    return invalid(
      `${id}: ${name} must be a number${alternatives(spec)}, got "${String(value)}".`,
      id,
    );
  if (spec.whole === true && !Number.isInteger(number))
    return invalid(`${id}: ${name} must be a whole number, got ${number}.`, id);
  if (spec.above !== undefined && number <= spec.above)
    return invalid(`${id}: ${name} must be above ${spec.above}, got ${number}.`, id);
  if (spec.atLeast !== undefined && number < spec.atLeast)
    return invalid(`${id}: ${name} must be at least ${spec.atLeast}, got ${number}.`, id);
  if (spec.atMost !== undefined && number > spec.atMost)
    return invalid(`${id}: ${name} must be at most ${spec.atMost}, got ${number}.`, id);
  return number;
}
