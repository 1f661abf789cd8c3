import { chooseMethod, type MethodChoice, type ParameterValue } from '@patternlens/core';
import type { ReadyModel } from '../models/open-model.js';
import { inputRange, withRange } from '../explain/input-range.js';
import type { JoinedInputs } from '../sources/joined-inputs.js';

/** Methods with the bounds that the preprocessing of the images tells, where a method needs some and has none. */
export function chosenMethods(
  given: MethodChoice | readonly MethodChoice[],
  model: ReadyModel,
  inputs: JoinedInputs,
): MethodChoice[] {
  const list = Array.isArray(given) ? (given as readonly MethodChoice[]) : [given as MethodChoice];
  const range = inputRange(model, inputs);
  return list.map((choice) => {
    const { id, ...parameters } = (typeof choice === 'string' ? { id: choice } : choice) as {
      readonly id: string;
    } & Readonly<Record<string, ParameterValue>>;
    const definition = model.network.extensions.methods.find((method) => method.id === id);
    return definition ? chooseMethod(id, withRange(definition, parameters, range)) : choice;
  });
}
