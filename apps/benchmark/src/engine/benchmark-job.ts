import {
  resolveNetwork,
  chooseMethod,
  inspectNetwork,
  type MethodChoice,
  type Network,
  type PatternSet,
  type Plugin,
  type Target,
  type TensorRecord,
} from '@patternlens/core';
import { fingerprintOf } from '@patternlens/core/patterns';
import { type Method } from '@patternlens/core/tracing';
import type { InputAxes } from '@patternlens/core/network';
import type { Preprocessing } from '@patternlens/heatmap';
import type { NetworkResult } from '../report/benchmark-report.js';

/** What is measured, the same for all backends. */
export interface BenchmarkJob {
  readonly name: string;
  readonly network: Network;
  readonly methods: readonly Method[];
  readonly plugins?: readonly Plugin[] | undefined;
  /** Samples compared with the reference. */
  readonly compared: { readonly names: readonly string[]; readonly inputs: TensorRecord };
  /** What is explained when methods are compared. Default `'top'`; where the reference would choose another class, it explains the backend's. */
  readonly target?: Exclude<Target, readonly number[]> | undefined;
  /** Inputs that are timed, by the number of samples in the batch. */
  readonly timed: ReadonlyMap<number, TensorRecord>;
  readonly patterns?: PatternSet | undefined;
  /** What the patterns were fitted with, to be fitted again by each backend. */
  readonly fitted?: TensorRecord | undefined;
  /** How the first input becomes a picture. */
  readonly look: { readonly axes: InputAxes; readonly preprocessing?: Preprocessing | undefined };
}

export const asChoice = ({ id, parameters }: Method): MethodChoice => chooseMethod(id, parameters);

/** What a report says of the network itself. */
export function describeNetwork(
  name: string,
  network: Network,
): Pick<NetworkResult, 'name' | 'layers' | 'parameters' | 'macs' | 'fingerprint'> {
  const { layers, parameters, macs } = inspectNetwork(network);
  return {
    name,
    layers: layers.length,
    parameters,
    macs,
    // Eight digits a layer are enough to tell networks apart.
    fingerprint: fingerprintOf(resolveNetwork(network, {}))
      .map(({ hash }) => hash.slice(0, 8))
      .join(''),
  };
}
