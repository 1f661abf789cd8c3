import type { Composite } from '../composites/composite.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import type { DriverSample, DriverSetting, Family } from './drivers/driver.js';

/** What the numbers of a method are about (Kindermans et al. 2017, figure 1): how the output depends on the input (`function`), what in the input made the neuron
 * respond (`signal`), or how much each part of the input contributed to the output (`attribution`). Maps compare within a group only. */
export type MethodGroup = 'function' | 'signal' | 'attribution';

/** What relevance starts from at the explained neuron: 1 (`one`), or the value of the neuron (`value`). */
export type Start = 'one' | 'value';

/** A named composite, or driver, with its start and its group, for given parameters. */
export interface Method {
  readonly id: string;
  /** The plug-in that it comes from, `NAME@VERSION`. */
  readonly plugin?: string;
  readonly group: MethodGroup;
  readonly start: Start;
  readonly parameters: MethodParameters;
  /** Of a driver: that of the method whose program it runs. */
  readonly composite: Composite;
  /** It needs patterns that were fitted from data. */
  readonly needsPatterns: boolean;
  /** What arrives at an input is multiplied by the input. */
  readonly timesInput: boolean;
  /** It runs its program over a family of inputs: an explainer does, and it cannot be traced into one program. */
  readonly driver?: Driver | undefined;
}
/** A method that runs a program over a family of inputs made of each sample, and averages. The explainer handles programs, batches, progress,
 * cancelling and targets; a family knows only its sample, so that results do not depend on batches. */
export interface Driver {
  /** The method whose program is run. Without one it is the forward pass alone. */
  readonly of?: Method | undefined;
  /** Default: that of the definition. */
  readonly group?: MethodGroup | undefined;
  /** Parameters that follow from the network where they were not given: recorded with those that were. */
  readonly settled?: ((setting: DriverSetting) => MethodParameters) | undefined;
  /** Called once for an explainer; gives what makes a sample's family.
   * @throws PatternLensError where a parameter does not fit the network. */
  readonly prepare: (setting: DriverSetting) => (sample: DriverSample) => Family;
}
