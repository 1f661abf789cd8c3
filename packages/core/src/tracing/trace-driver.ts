import { headOf } from '../canonizers/cut-head.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { DriverSample, DriverSetting, Family } from '../methods/drivers/driver.js';
import type { Method } from '../methods/method.js';
import { resolveMethod } from '../methods/resolve-method.js';
import type { Network } from '../network/network.js';
import { extensionsOf } from '../plugins/extensions.js';
import { type TracedMethod, type TraceOptions, traceProgram } from './trace-method.js';

/** The program that a driver runs, and what makes its families. */
export interface TracedDriver extends TracedMethod {
  readonly family: (sample: DriverSample) => Family;
}

export const isTracedDriver = (traced: TracedMethod): traced is TracedDriver => 'family' in traced;

/** Checks the options that a driver does not have.
 * @throws PatternLensError `invalid-argument` for a start, or for rules of a driver without a backward pass. */
export function checkDriverOptions(
  { id, driver }: Method,
  { start, composite }: Pick<TraceOptions, 'start' | 'composite'>,
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

/** What a driver explains in a network.
 * @param explained The canonised network, cut behind what is explained. */
export const driverSetting = (
  network: Network,
  explained: Network,
  { keepOutput, layer }: Pick<TraceOptions, 'keepOutput' | 'layer'>,
): DriverSetting => ({
  network: explained,
  layer,
  head: keepOutput === true || layer !== undefined ? undefined : headOf(network),
});

/** Records the program that a driver runs over its families.
 * @throws PatternLensError as `traceMethod` does, or where a parameter does not fit the network. */
export function traceDriver(network: Network, options: TraceOptions): TracedDriver {
  const method = resolveMethod(options.method, extensionsOf(options.plugins).methods);
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
  return { ...traced, family: driver.prepare(driverSetting(network, traced.network, options)) };
}
