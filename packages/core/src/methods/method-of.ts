import { anyLayer, type Composite } from '../composites/composite.js';
import { resolveParameters } from '../parameters/resolve-parameters.js';
import { passRule } from '../rules/gradient.js';
import type { MethodDefinition } from './method-definition.js';
import type { Method } from './method.js';

/** Of a driver that runs forward passes only: no rule is ever applied, and no layer is refused. */
const noBackward: Composite = [[anyLayer, passRule]];

/** A definition with its parameters checked and its defaults filled in.
 * @throws PatternLensError `invalid-argument` for an unknown parameter, or one out of range. */
export function methodOf(
  definition: MethodDefinition,
  given: Readonly<Record<string, unknown>> = {},
): Method {
  const { id, group, start, needsPatterns, timesInput = false } = definition;
  const resolved = resolveParameters(id, definition.parameters, given);
  const parameters = definition.settle?.(resolved) ?? resolved;
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
