import type { CanonicalNetwork } from '../../canonizers/canonical-network.js';
import type { TensorRecord } from '../../tensor/tensor-record.js';
import type { Tensor, TensorData } from '../../tensor/tensor.js';

/** What one run of a driver's program says of one input. */
export interface MemberResult {
  /** The explained value, whole, with a batch axis of 1. */
  readonly output: Tensor;
  /** The index of the explained neuron in the flattened output: that of the sample itself, for its whole family. */
  readonly target: number;
  /** The explained neuron's value. */
  readonly explained: number;
  /** What came back to each input of the network, true to its exponent; empty where the driver runs forward passes only.
   * Valid until the next result. */
  readonly relevance: Readonly<Record<string, TensorData>>;
}

/** What a driver explains. */
export interface DriverSetting {
  /** The network that its program is traced from, with what it ended in, where that was cut. */
  readonly network: CanonicalNetwork;
  /** The layer whose neurons are explained, where it is not the network's output. */
  readonly layer?: string | undefined;
  /** Whole channels of the output are explained, over all positions. */
  readonly channels?: boolean | undefined;
}

/** One sample that is to be explained. */
export interface DriverSample {
  /** The sample by input name, with a batch axis of 1. */
  readonly inputs: TensorRecord;
  /** What the program says of the sample itself. */
  readonly result: MemberResult;
}

/** What has become of a family. */
export interface FamilyResult {
  /** By input name, in the layout of the input. */
  readonly relevance: Readonly<Record<string, Float64Array>>;
  /** What the relevance should sum to, where the method says so: the difference is reported as completeness error. */
  readonly expectedSum?: number | undefined;
  /** How many steps were taken, where the family finds that out itself. */
  readonly steps?: number | undefined;
}

/** The inputs that a driver makes of one sample, and what it makes of their results. */
export interface Family {
  readonly size: number;
  /** The inputs of one member, with a batch axis of 1, copied before the next is made. Called once for each, in order. */
  readonly member: (index: number) => TensorRecord;
  /** Takes the result of each member, in order. */
  readonly add: (result: MemberResult, index: number) => void;
  /** Called behind the last result: how many members more there are, 0 for none. Default: none. */
  readonly more?: () => number;
  /** Called once, behind the last result of all. */
  readonly finish: () => FamilyResult;
}
