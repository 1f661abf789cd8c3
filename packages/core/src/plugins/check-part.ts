import type { ParameterSpec } from '../parameters/parameter-spec.js';
import { invalidPlugin } from './plugin-errors.js';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What a value of unknown type looks like in a message. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** @throws PatternLensError where a name is not of small letters, digits and hyphens. */
export function checkId(what: string, id: unknown): asserts id is string {
  if (typeof id !== 'string' || !KEBAB.test(id))
    invalidPlugin(
      `${what}: its name must be small letters, digits and hyphens (my-${what}), got ${shown(id)}.`,
    );
}

export function checkObject(what: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    invalidPlugin(`${what}: expected an object, got ${shown(value)}.`);
}

export function checkFunction(what: string, name: string, value: unknown): void {
  if (typeof value !== 'function')
    invalidPlugin(`${what}: ${name} must be a function, got ${shown(value)}.`);
}

export function checkOptionalFunction(what: string, name: string, value: unknown): void {
  if (value !== undefined) checkFunction(what, name, value);
}

export function checkChoice(
  what: string,
  name: string,
  value: unknown,
  choices: readonly string[],
): void {
  if (!choices.includes(value as string))
    invalidPlugin(`${what}: ${name} must be ${choices.join(' or ')}, got ${shown(value)}.`);
}

type Specs = Readonly<Record<string, ParameterSpec>>;

/** The specs of parameters, checked and frozen. */
export function checkedSpecs(what: string, specs: unknown): Specs {
  if (specs === undefined) return Object.freeze({});
  checkObject(`${what}: parameters`, specs);
  for (const [name, spec] of Object.entries(specs)) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name))
      invalidPlugin(`${what}: a parameter's name must be letters and digits, got "${name}".`);
    checkObject(`${what}: parameter ${name}`, spec);
    const { choices } = spec as ParameterSpec;
    if (choices !== undefined && (!Array.isArray(choices) || choices.length === 0))
      invalidPlugin(`${what}: parameter ${name}: choices must be a list of words.`);
  }
  return Object.freeze({ ...(specs as Specs) });
}
