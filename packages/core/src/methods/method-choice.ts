import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { exampleParameters } from '../parameters/resolve-parameters.js';
import type { GivenParameters, ParameterSpecs } from '../parameters/parameter-types.js';
import type { MethodDefinition } from './method-definition.js';
import type { BuiltInMethod, MethodId } from './methods.js';

declare const chosen: unique symbol;

/** A method whose id the compiler does not know: that of a plug-in, or one that was read as text. `chooseMethod` makes it. */
export interface ChosenMethod {
  readonly id: string & { readonly [chosen]: true };
}

/** A method with its parameters, for each of the definitions. */
type WithParameters<D> = D extends {
  readonly id: infer Id;
  readonly parameters: infer P extends ParameterSpecs;
}
  ? { readonly id: Id } & GivenParameters<P>
  : never;

/** Which method to use, with which parameters: the id of a built-in method (`'gradient'`), its id with parameters (`{ id: 'lrp-epsilon', epsilon: 0.01 }`), or what
 * `chooseMethod` returns. Parameters that are left out have their defaults. */
export type MethodChoice = MethodId | WithParameters<BuiltInMethod> | ChosenMethod;

/** Chooses a method by an id that the compiler does not know: that of a plug-in, or one that was read as text. Numbers may be given as text.
 * The id and the parameters are checked where the method is used, which throws PatternLensError `invalid-argument` with the nearest right name. */
export function chooseMethod(
  id: string,
  parameters: Readonly<Record<string, unknown>> = {},
): ChosenMethod {
  checkArgument('core', 'chooseMethod: id', id, expects.required(expects.text));
  checkArgument('core', 'chooseMethod: parameters', parameters, expects.object);
  return { id, ...parameters } as unknown as ChosenMethod;
}

/** A method with an example for each parameter that has to be given: what can be traced where any numbers do. */
export const exampleOf = ({ id, parameters }: MethodDefinition): ChosenMethod =>
  chooseMethod(id, exampleParameters(parameters));
