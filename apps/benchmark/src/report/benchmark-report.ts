import type { MethodParameters } from '@patternlens/core';
import type { Failure, HostCard } from '@patternlens/page';

export type { Failure, HostCard };

/** A benchmark's results, from any number of hosts: what the page shows, and what `--json` writes. Times are milliseconds. */
export interface BenchmarkReport {
  readonly format: 'patternlens-benchmark';
  readonly version: 1;
  /** ISO 8601. */
  readonly created: string;
  /** Version of PatternLens. */
  readonly patternlens: string;
  /** The limit that agreement under equal gates is judged by. */
  readonly limit: number;
  readonly hosts: readonly HostCard[];
  readonly networks: readonly NetworkResult[];
}

export interface NetworkResult {
  readonly name: string;
  readonly layers: number;
  readonly parameters: number;
  /** Multiplications of one forward pass for one sample. */
  readonly macs: number;
  /** Hash of the weights: two reports are compared only where it is the same. */
  readonly fingerprint: string;
  /** Samples compared with float64, by name. */
  readonly samples: readonly string[];
  /** What patterns were fitted with, and by which backend, where methods needed them. */
  readonly patterns?: { readonly samples: number; readonly backend: string } | undefined;
  readonly backends: readonly BackendResult[];
}

export interface BackendResult {
  /** `tfjs:wasm`. */
  readonly backend: string;
  /** Id of its host. */
  readonly host: string;
  /** What really ran, in the runtime's own words: mode, provider. */
  readonly mode?: string | undefined;
  readonly runtime?: { readonly name: string; readonly version: string } | undefined;
  readonly threads?: number | undefined;
  readonly precision?: 'float64' | 'float32' | 'float16' | undefined;
  /** What a forward pass is: the model file run by the runtime itself, or a program of ours. */
  readonly forwardOf?: 'model file' | 'own program' | undefined;
  readonly methods: readonly MethodResult[];
  /** Patterns fitted on this backend, against those fitted by the reference. */
  readonly fit?: FitResult | undefined;
  /** Why the backend gave nothing at all; `cause` is the runtime's own message. */
  readonly failure?: Failure | undefined;
}

export interface MethodResult {
  readonly method: string;
  readonly parameters: MethodParameters;
  readonly agreement?: AgreementResult | undefined;
  /** One entry for each batch that was timed. */
  readonly times?: readonly MethodTimes[] | undefined;
  readonly failure?: Failure | undefined;
}

/** How near two arrays are: the worst of all samples. Infinite values are written as null in JSON. */
export interface Distances {
  readonly relativeL2: number;
  /** Largest difference over largest absolute value. */
  readonly maximum: number;
  readonly cosine: number;
  /** Rank correlation of absolute values. */
  readonly spearman: number;
}

export interface AgreementResult {
  readonly samples: number;
  /** The float64 reference ran under the backend's own decisions of rectifiers and pools. */
  readonly equalGates: Distances;
  /** The reference decided for itself. */
  readonly freeGates: Distances;
  readonly sameClass: boolean;
  readonly flips: readonly {
    readonly layer: string;
    readonly flips: number;
    readonly of: number;
    /** The largest margin, as a share of the layer's largest value; above 1e-4 it is not rounding. */
    readonly margin: number;
  }[];
  /** Relative L2 of each layer's forward value against the reference under equal gates, in order. */
  readonly errorByLayer: readonly { readonly layer: string; readonly relativeL2: number }[];
  /** The first layer whose error exceeds ten times that of every layer before it, and 1e-6. */
  readonly errorGrowsAt?: string | undefined;
  /** The worst sample under equal gates. */
  readonly worst?: WorstSample | undefined;
}

/** What is known of a method alone: errors of layers are the same for all. */
export type MethodAgreement = Omit<AgreementResult, 'errorByLayer' | 'errorGrowsAt'>;

export interface WorstSample {
  readonly sample: string;
  readonly relativeL2: number;
  /** The input as a picture, where it is one. */
  readonly input?: Picture | undefined;
  /** Relevance summed over channels, times `2^exponent`. */
  readonly reference: HeatMap;
  readonly own: HeatMap;
  /** Counts of differences in equal bins from -`largest` to `largest`, an odd number of bins. */
  readonly histogram: { readonly largest: number; readonly counts: readonly number[] };
}

export interface HeatMap {
  readonly height: number;
  readonly width: number;
  /** Little-endian float32 in base64, row by row. */
  readonly values: string;
}

export interface Picture {
  readonly height: number;
  readonly width: number;
  /** RGB bytes in base64, row by row. */
  readonly pixels: string;
}

export interface Timing {
  readonly min?: number | undefined;
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
  readonly runs: number;
}

export interface MethodTimes {
  readonly batch: number;
  /** Tracing, compiling and the first run. */
  readonly cold: number;
  /** The same backend's plain forward pass, timed in turns with the method. */
  readonly forward: Timing;
  readonly method: Timing;
  /** Median over median, with a bootstrap interval of 95 %. */
  readonly ratio: { readonly value: number; readonly low: number; readonly high: number };
}

export interface FitResult {
  readonly samples: number;
  readonly perSample: number;
  /** Over neurons with equal regime counts and 10 firings or more. */
  readonly layers: readonly {
    readonly layer: string;
    readonly relativeL2: number;
    readonly neurons: number;
    readonly compared: number;
  }[];
  readonly failure?: Failure | undefined;
}
