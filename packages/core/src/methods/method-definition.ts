import type { Composite } from '../composites/composite.js';
import type { MethodParameters, ParameterSpec } from '../parameters/parameter-spec.js';
import { exampleParameters } from '../parameters/resolve-parameters.js';
import type { Driver } from './drivers/driver.js';
import type { Method, MethodChoice } from './method.js';

/** What every method says of itself. */
interface MethodFacts {
  readonly id: string;
  /** The plug-in that it comes from, `NAME@VERSION`; set where plug-ins are used. */
  readonly plugin?: string;
  readonly group: Method['group'];
  readonly start: Method['start'];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** Checks what parameters mean together, and adds those that follow from others.
   * @throws PatternLensError `invalid-argument`. */
  readonly settle?: (parameters: MethodParameters) => MethodParameters;
  readonly needsPatterns?: (parameters: MethodParameters) => boolean;
}

/** A method that is one program: a composite of rules. */
export interface TracedDefinition extends MethodFacts {
  readonly composite: (parameters: MethodParameters) => Composite;
  readonly timesInput?: boolean;
  readonly driver?: undefined;
}

/** A method that runs a program over a family of inputs and averages. */
export interface DriverDefinition extends MethodFacts {
  readonly driver: (parameters: MethodParameters) => Driver;
  readonly composite?: undefined;
  readonly timesInput?: undefined;
}

/** A method before its parameters are chosen. */
export type MethodDefinition = TracedDefinition | DriverDefinition;

/** A method without parameters. */
export const plainMethod = (
  id: string,
  group: Method['group'],
  start: Method['start'],
  composite: Composite,
): TracedDefinition => ({
  id,
  group,
  start,
  parameters: {},
  composite: () => composite,
});

/** A method with an example for each parameter that has to be given: what can be traced where any numbers do. */
export const exampleOf = ({ id, parameters }: MethodDefinition): MethodChoice => ({
  id,
  ...exampleParameters(parameters),
});
