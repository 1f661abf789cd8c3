import type { Composite } from '../composites/composite.js';
import type { Driver } from '../drivers/driver.js';
import type { Method, MethodParameters } from './method.js';
import type { ParameterSpec } from './parameter-spec.js';

/** What every method says of itself. */
interface MethodFacts {
  readonly id: string;
  readonly group: Method['group'];
  readonly start: Method['start'];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
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
