import type { Composite } from '../composites/composite.js';
import type { Method, MethodParameters } from './method.js';
import type { ParameterSpec } from './parameter-spec.js';

/** A method before its parameters are chosen. */
export interface MethodDefinition {
  readonly id: string;
  /** The plug-in that it comes from, `NAME@VERSION`; set where plug-ins are used. */
  readonly plugin?: string;
  readonly group: Method['group'];
  readonly start: Method['start'];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
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
