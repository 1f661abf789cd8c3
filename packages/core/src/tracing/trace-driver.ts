import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { DriverSample, Family } from '../methods/drivers/driver.js';
import type { Method } from '../methods/method.js';
import { resolveMethod } from '../methods/resolve-method.js';
import type { Network } from '../network/network.js';
import type { Extensions } from '../plugins/extensions.js';
import { resolveGiven } from '../plugins/resolve-network.js';
import { type TracedMethod, traceProgram } from './trace-method.js';
import { checkTraced, type TraceChoices, type TraceOptions } from './trace-options.js';

/** The program that a driver runs, and what makes its families. */
export interface TracedDriver extends TracedMethod {
  readonly family: (sample: DriverSample) => Family;
}

export const isTracedDriver = (traced: TracedMethod): traced is TracedDriver => 'family' in traced;

/** Checks the options that a driver does not have.
 * @throws PatternLensError `invalid-argument` for a start, or for rules of a driver without a backward pass. */
export function checkDriverOptions(
  { id, driver }: Method,
  { start, composite }: Pick<TraceChoices, 'start' | 'composite'>,
): void {
  if (!driver) return;
  const refuse = (message: string): never => {
    throw new PatternLensError('core', 'invalid-argument', `${id}: ${message}`, { method: id });
  };
  if (start !== undefined)
    refuse(`start does not apply to it, got "${start}". Leave the start out for this method.`);
  if (!driver.of && composite !== undefined && composite.length > 0)
    refuse('it has no backward pass that rules could apply to. Leave the composite out.');
}

/** Records the program that a driver runs over its families.
 * @throws PatternLensError as `traceMethod` does, or where a parameter does not fit the network. */
export function traceDriver(network: Network, options: TraceOptions): TracedDriver {
  checkTraced('traceDriver', network, options);
  return traceResolvedDriver(resolveGiven(network, options), options);
}

/** As `traceDriver`, over a network that is resolved. */
export function traceResolvedDriver(
  network: CanonicalNetwork<Extensions>,
  options: TraceChoices,
): TracedDriver {
  const method = resolveMethod(options.method, network.extensions.methods);
  const { driver } = method;
  if (!driver)
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `${method.id}: it is no driver. Trace it with traceMethod.`,
      { method: method.id },
    );
  checkDriverOptions(method, options);
  const traced = traceProgram(network, method, options);
  const setting = { network: traced.network, layer: options.layer, channels: traced.channels };
  return {
    ...traced,
    method: { ...method, parameters: { ...driver.settled?.(setting), ...method.parameters } },
    family: driver.prepare(setting),
  };
}
