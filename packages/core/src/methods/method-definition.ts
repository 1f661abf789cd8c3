import type { Composite } from '../composites/composite.js';
import type { Method, MethodChoice, MethodParameters } from './method.js';
import type { ParameterSpec } from './parameter-spec.js';
import { exampleParameters } from './resolve-parameters.js';

/** A method before its parameters are chosen. */
export interface MethodDefinition {
  readonly id: string;
  /** The plug-in that it comes from, `NAME@VERSION`; set where plug-ins are used. */
  readonly plugin?: string;
  readonly group: Method['group'];
  readonly start: Method['start'];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** Checks what parameters mean together, and adds those that follow from others.
   * @throws PatternLensError `invalid-argument`. */
  readonly settle?: (parameters: MethodParameters) => MethodParameters;
  readonly composite: (parameters: MethodParameters) => Composite;
  readonly needsPatterns?: (parameters: MethodParameters) => boolean;
  readonly timesInput?: boolean;
}

/** A method without parameters. */
export const plainMethod = (
  id: string,
  group: Method['group'],
  start: Method['start'],
  composite: Composite,
): MethodDefinition => ({
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
