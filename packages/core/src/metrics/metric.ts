import type { Backend } from '../backend/backend.js';
import type { CancelSignal } from '../errors/throw-if-cancelled.js';
import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import type { MethodChoice } from '../methods/method-choice.js';
import type { MethodParameters, ParameterSpec } from '../parameters/parameter-spec.js';
import type { PatternSet } from '../patterns/pattern-set.js';
import type { SampleSource } from '../tensor/block-reader.js';
import type { DoubleProduct } from '../tensor/double-product.js';
import type { TensorRecord } from '../tensor/tensor-record.js';
import type { Tensor } from '../tensor/tensor.js';
import type { LineChart } from './chart.js';

/** Samples that a metric is measured on. */
export interface MetricData {
  readonly count: number;
  readonly read: (first: number, count: number) => Promise<TensorRecord>;
  /** Where it is known what decides a sample: 1 there, 0 elsewhere, `[N, spatial]`. */
  readonly truth?: (first: number, count: number) => Promise<Tensor>;
  /** The true classes, where they are known. */
  readonly classes?: readonly number[];
  /** Data for patterns, for regression and for held-out correlations, where they were given apart. */
  readonly splits?: {
    /** Left out where patterns were given. */
    readonly fit?: SampleSource;
    readonly regress: SampleSource;
    readonly test: SampleSource;
  };
}

/** What a metric works with. */
export interface MetricContext {
  readonly network: CanonicalNetwork;
  readonly backend: Backend;
  readonly methods: readonly MethodChoice[];
  readonly patterns?: PatternSet | undefined;
  readonly data: MetricData;
  readonly seed: number;
  /** Samples computed at once. */
  readonly batch: number;
  /** Products of float64 matrices, where a runtime has quick ones. */
  readonly product?: DoubleProduct | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?:
    | ((progress: { readonly done: number; readonly total: number; readonly what: string }) => void)
    | undefined;
}

export interface MetricTable {
  /** Stem of its file. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly notes: readonly string[];
}

export interface MetricResult {
  /** What `evaluate --json` prints under the metric's id: plain data. */
  readonly json: unknown;
  readonly tables: readonly MetricTable[];
  readonly charts: readonly LineChart[];
  /** What has to be known to read the numbers: neurons left out, methods that could not be measured. */
  readonly warnings: readonly string[];
}

/** A measurement of explanation methods or of signal estimators. */
export interface Metric {
  readonly id: string;
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** What it cannot do without. */
  readonly needs: readonly ('methods' | 'truth')[];
  readonly measure: (context: MetricContext, parameters: MethodParameters) => Promise<MetricResult>;
}
