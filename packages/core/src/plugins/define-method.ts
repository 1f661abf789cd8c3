import type { MethodDefinition } from '../methods/method-definition.js';
import {
  checkChoice,
  checkedSpecs,
  checkFunction,
  checkId,
  checkObject,
  checkOptionalFunction,
} from './check-part.js';

/** A method as its author writes it: without parameters it needs none. */
export type MethodParts = Omit<MethodDefinition, 'parameters' | 'plugin'> &
  Partial<Pick<MethodDefinition, 'parameters'>>;

/** Defines a method: a composite with its start and its group.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineMethod(parts: MethodParts): MethodDefinition {
  checkObject('method', parts);
  checkId('method', parts.id);
  const what = `method "${parts.id}"`;
  checkChoice(what, 'group', parts.group, ['function', 'signal', 'attribution']);
  checkChoice(what, 'start', parts.start, ['one', 'value']);
  checkFunction(what, 'composite', parts.composite);
  checkOptionalFunction(what, 'needsPatterns', parts.needsPatterns);
  return Object.freeze({ ...parts, parameters: checkedSpecs(what, parts.parameters) });
}
