import type {
  DriverParts,
  KnownMethod,
  MethodDefinition,
  NoSpecs,
  TracedParts,
} from '../methods/method-definition.js';
import type { ParametersOf, ParameterSpecs } from '../parameters/parameter-types.js';
import {
  checkChoice,
  checkedSpecs,
  checkFunction,
  checkId,
  checkObject,
  checkOptionalFunction,
} from './check-part.js';

/** A method as its author writes it: without parameters it needs none. */
export type MethodParts<
  Id extends string = string,
  P extends ParameterSpecs = ParameterSpecs,
  V = ParametersOf<P>,
> = TracedParts<Id, P, V> | DriverParts<Id, P, V>;

/** Defines a method: a composite, or a driver, with its start and its group. Its functions get parameters of the types that the specs say.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineMethod<
  const Id extends string,
  const P extends ParameterSpecs = NoSpecs,
  V = ParametersOf<P>,
>(parts: MethodParts<Id, P, V>): KnownMethod<MethodDefinition, Id, P> {
  checkObject('method', parts);
  checkId('method', parts.id);
  const what = `method "${parts.id}"`;
  checkChoice(what, 'group', parts.group, ['function', 'signal', 'attribution']);
  checkChoice(what, 'start', parts.start, ['one', 'value']);
  if (parts.driver === undefined) checkFunction(what, 'composite', parts.composite);
  else checkFunction(what, 'driver', parts.driver);
  checkOptionalFunction(what, 'needsPatterns', parts.needsPatterns);
  const parameters = checkedSpecs(what, parts.parameters);
  // They are only ever called with what `resolveParameters` makes by these specs.
  return Object.freeze({ ...parts, parameters }) as unknown as KnownMethod<MethodDefinition, Id, P>;
}
