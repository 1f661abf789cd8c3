/** rho of a layer's neurons for one estimator; null where a neuron has none. */
export interface RhoValues {
  /** Over the neurons that have one; null where none has. */
  readonly mean: number | null;
  /** One a neuron, in the order of the weights' output axis. */
  readonly values: readonly (number | null)[];
}

export interface EstimatorQuality {
  /** On the samples that v was fitted on. */
  readonly fit: RhoValues;
  /** On the samples that neither patterns nor v have seen: the paper's. */
  readonly heldOut: RhoValues;
  /** The same with a small ridge in place of the pseudo-inverse. */
  readonly ridge: RhoValues;
  /** Neurons for which the pseudo-inverse and a small ridge disagree by more than 1e-3. */
  readonly unstable: number;
}

export interface LayerQuality {
  readonly layer: string;
  /** The model file's own name of the weight tensor. */
  readonly weights: string | null;
  /** Inputs of a neuron. */
  readonly dimensions: number;
  /** Samples (and positions) that v was fitted on. */
  readonly samples: number;
  readonly heldOutSamples: number;
  readonly neurons: number;
  /** Neurons that never fired where the patterns were fitted. */
  readonly dead: number;
  /** Neurons that fired there, but fewer than 10 times. */
  readonly rare: number;
  /** Share of samples (and positions) for which a neuron fires, mean over the neurons. */
  readonly firingRate: number;
  /** Neurons that were measured, where only a subset was, by iterations over the data. */
  readonly subset?: number;
  readonly estimators: Readonly<Record<string, EstimatorQuality>>;
}

/** The quality criterion of Kindermans et al. 2017 (equation 1), for every layer. */
export interface QualityReport {
  readonly layers: readonly LayerQuality[];
  /** Layers without values, and why; what was only measured for some neurons. */
  readonly notes: readonly string[];
}

/** NaN becomes null, and has no part in the mean. */
export function rhoValues(rho: Float64Array): RhoValues {
  const values = Array.from(rho, (value) => (Number.isNaN(value) ? null : value));
  const known = values.filter((value) => value !== null);
  const mean =
    known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  return { mean, values };
}
