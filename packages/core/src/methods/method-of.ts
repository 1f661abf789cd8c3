import { anyLayer, type Composite } from '../composites/composite.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import { resolveParameters } from '../parameters/resolve-parameters.js';
import { passRule } from '../rules/gradient.js';
import type { MethodDefinition } from './method-definition.js';
import type { Method } from './method.js';

/** Of a driver that runs forward passes only: no rule is ever applied, and no layer is refused. */
const noBackward: Composite = [[anyLayer, passRule]];

/** Parameters in the order in which the definition has them, whatever order settling them left: captions and files list them alike, also of a method that is resolved again. */
function inOrder(
  parameters: MethodParameters,
  specs: MethodDefinition['parameters'],
): MethodParameters {
  const names = Object.keys(specs).filter((name) => name in parameters);
  return { ...Object.fromEntries(names.map((name) => [name, parameters[name]!])), ...parameters };
}

/** A definition with its parameters checked and its defaults filled in.
 * @throws PatternLensError `invalid-argument` for an unknown parameter, or one out of range. */
export function methodOf(
  definition: MethodDefinition,
  given: Readonly<Record<string, unknown>> = {},
): Method {
  const { id, group, start, needsPatterns, timesInput = false } = definition;
  const resolved = resolveParameters(id, definition.parameters, given);
  const parameters = inOrder(definition.settle?.(resolved) ?? resolved, definition.parameters);
  const common = {
    id,
    ...(definition.plugin === undefined ? {} : { plugin: definition.plugin }),
    group,
    parameters,
    needsPatterns: needsPatterns?.(parameters) ?? false,
  };
  if (!definition.driver)
    return { ...common, start, timesInput, composite: definition.composite(parameters) };
  const driver = definition.driver(parameters);
  const { of } = driver;
  return {
    ...common,
    group: driver.group ?? group,
    start: of?.start ?? start,
    composite: of?.composite ?? noBackward,
    needsPatterns: common.needsPatterns || (of?.needsPatterns ?? false),
    timesInput: of?.timesInput ?? false,
    driver,
  };
}
