import type {
  DriverDefinition,
  MethodDefinition,
  TracedDefinition,
} from '../methods/method-definition.js';
import {
  checkChoice,
  checkedSpecs,
  checkFunction,
  checkId,
  checkObject,
  checkOptionalFunction,
} from './check-part.js';

/** A method as its author writes it: without parameters it needs none. */
export type MethodParts = Written<TracedDefinition> | Written<DriverDefinition>;

type Written<D extends MethodDefinition> = Omit<D, 'parameters' | 'plugin'> &
  Partial<Pick<D, 'parameters'>>;

/** Defines a method: a composite, or a driver, with its start and its group.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineMethod(parts: MethodParts): MethodDefinition {
  checkObject('method', parts);
  checkId('method', parts.id);
  const what = `method "${parts.id}"`;
  checkChoice(what, 'group', parts.group, ['function', 'signal', 'attribution']);
  checkChoice(what, 'start', parts.start, ['one', 'value']);
  if (parts.driver === undefined) checkFunction(what, 'composite', parts.composite);
  else checkFunction(what, 'driver', parts.driver);
  checkOptionalFunction(what, 'needsPatterns', parts.needsPatterns);
  return Object.freeze({ ...parts, parameters: checkedSpecs(what, parts.parameters) });
}
