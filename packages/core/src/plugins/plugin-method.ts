import type { MethodDefinition } from '../methods/method-definition.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import type { Estimator } from '../patterns/estimators/estimator.js';
import { pluginDriver } from './plugin-driver.js';
import { guarded } from './plugin-errors.js';
import { pluginComposite } from './plugin-rules.js';

/** The method under the name of the plug-in that it comes from: its composite is checked, and its errors name both. */
export function pluginMethod(plugin: string, definition: MethodDefinition): MethodDefinition {
  const { id, needsPatterns, settle } = definition;
  const what = `method "${id}"`;
  const common = {
    plugin,
    ...(needsPatterns && { needsPatterns: guarded(plugin, what, needsPatterns) }),
    ...(settle && { settle: guarded(plugin, what, settle) }),
  };
  if (definition.driver) {
    const driverOf = guarded(plugin, what, definition.driver);
    return {
      ...definition,
      ...common,
      driver: (parameters) => pluginDriver(plugin, what, driverOf(parameters)),
    };
  }
  const make = guarded(plugin, what, definition.composite);
  return {
    ...definition,
    ...common,
    composite: (parameters) => pluginComposite(plugin, id, make(parameters)),
  };
}

/** Names of the parameters that choose an estimator. */
export const estimatorParameters = ({ parameters }: MethodDefinition): string[] =>
  Object.keys(parameters).filter((name) => parameters[name]!.of === 'estimators');

/** The method with plug-ins' estimators among the choices of its parameters. */
export function withEstimators(
  definition: MethodDefinition,
  estimators: ReadonlyMap<string, Estimator>,
): MethodDefinition {
  const open = estimatorParameters(definition);
  if (open.length === 0 || estimators.size === 0) return definition;
  const parameters = { ...definition.parameters };
  for (const name of open) {
    const { choices = [], ...spec } = parameters[name]!;
    parameters[name] = { ...spec, choices: [...choices, ...estimators.keys()] };
  }
  const chosen = (given: MethodParameters): Estimator | undefined =>
    open
      .map((name) => estimators.get(given[name] as string))
      .find((estimator) => estimator !== undefined);
  return {
    ...definition,
    parameters,
    needsPatterns: (given) => chosen(given)?.fitted ?? definition.needsPatterns?.(given) ?? false,
  };
}
