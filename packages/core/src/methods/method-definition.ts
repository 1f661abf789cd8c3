import type { Composite } from '../composites/composite.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import type { ParametersOf, ParameterSpecs } from '../parameters/parameter-types.js';
import type { Driver } from './method.js';
import type { Method } from './method.js';

/** What every method says of itself. */
interface MethodFacts {
  readonly id: string;
  /** The plug-in that it comes from, `NAME@VERSION`; set where plug-ins are used. */
  readonly plugin?: string;
  readonly group: Method['group'];
  readonly start: Method['start'];
  readonly parameters: ParameterSpecs;
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

/** A method before its parameters are chosen: its id, its group, its start, the specs of its parameters, and how they lead to a composite of rules or to a driver. */
export type MethodDefinition = TracedDefinition | DriverDefinition;

/** No parameters. */
/* eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- a method without parameters */
export type NoSpecs = Readonly<Record<never, never>>;

/** A definition whose id and parameters the compiler knows. */
export type KnownMethod<D, Id extends string, P extends ParameterSpecs> = D extends MethodDefinition
  ? Omit<D, 'id' | 'parameters'> & { readonly id: Id; readonly parameters: P }
  : never;

/** What authors write: values of parameters `V` have the types that the specs `P` say, or those that `settle` makes of them. */
interface Parts<Id extends string, P extends ParameterSpecs, V> {
  readonly id: Id;
  readonly group: Method['group'];
  readonly start: Method['start'];
  readonly parameters?: P;
  readonly settle?: (parameters: ParametersOf<P>) => V;
  readonly needsPatterns?: (parameters: NoInfer<V>) => boolean;
}

/** A method of rules as its author writes it. */
export interface TracedParts<
  Id extends string = string,
  P extends ParameterSpecs = ParameterSpecs,
  V = ParametersOf<P>,
> extends Parts<Id, P, V> {
  readonly composite: (parameters: NoInfer<V>) => Composite;
  readonly timesInput?: boolean;
  readonly driver?: undefined;
}

/** A method that runs others, as its author writes it. */
export interface DriverParts<
  Id extends string = string,
  P extends ParameterSpecs = ParameterSpecs,
  V = ParametersOf<P>,
> extends Parts<Id, P, V> {
  readonly driver: (parameters: NoInfer<V>) => Driver;
  readonly composite?: undefined;
  readonly timesInput?: undefined;
}

/** A method of rules. Its functions are only ever called with what `resolveParameters` makes by its own specs. */
export const tracedMethod = <
  const Id extends string,
  const P extends ParameterSpecs = NoSpecs,
  V = ParametersOf<P>,
>(
  parts: TracedParts<Id, P, V>,
): KnownMethod<TracedDefinition, Id, P> =>
  ({ parameters: {}, ...parts }) as unknown as KnownMethod<TracedDefinition, Id, P>;

/** A method that runs others: as `tracedMethod`. */
export const driverMethod = <
  const Id extends string,
  const P extends ParameterSpecs = NoSpecs,
  V = ParametersOf<P>,
>(
  parts: DriverParts<Id, P, V>,
): KnownMethod<DriverDefinition, Id, P> =>
  ({ parameters: {}, ...parts }) as unknown as KnownMethod<DriverDefinition, Id, P>;

/** A method of rules without parameters. */
export const plainMethod = <const Id extends string>(
  id: Id,
  group: Method['group'],
  start: Method['start'],
  composite: Composite,
): KnownMethod<TracedDefinition, Id, NoSpecs> =>
  tracedMethod({ id, group, start, composite: () => composite });
