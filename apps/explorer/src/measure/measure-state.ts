import { signal } from '@preact/signals-core';
import type { CascadeAnswer, MeasuredDegradation } from '../compute/calls/measure-messages.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { Sample, SamplePlace } from '../state/samples.js';
import type { MeasuredSamples } from './measured-samples.js';

/** What was measured, and of what. */
export interface Measured<T> {
  /** The model and its patterns: the numbers are dropped once it is another. */
  readonly of: string;
  readonly value: T;
  readonly backend: string;
  readonly methods: readonly ChosenMethod[];
  readonly samples: MeasuredSamples;
  /** The sample that was looked at when it was measured: one of them. */
  readonly looked: SamplePlace & { readonly sample: Sample };
  readonly seconds: number;
}

export type MeasurementKind = 'degradation' | 'cascade';

/** How far a measurement is. */
export interface MeasurementProgress {
  readonly kind: MeasurementKind;
  readonly done: number;
  readonly total: number;
  readonly what: string;
  readonly secondsLeft: number | undefined;
}

/** What the Measure view shows. */
export const measureState = {
  samples: signal(20),
  /** Side of a patch; by the size of the input until it is chosen. */
  patch: signal<number | undefined>(undefined),
  /** Whether patterns are fitted again for the cascade; by the size of the model until it is chosen. */
  refit: signal<boolean | undefined>(undefined),
  running: signal<MeasurementProgress | undefined>(undefined),
  /** How the last measurement of each kind ended, where it did not succeed. */
  ended: signal<Readonly<Partial<Record<MeasurementKind, string | undefined>>>>({}),
  degradation: signal<Measured<MeasuredDegradation> | undefined>(undefined),
  cascade: signal<Measured<CascadeAnswer> | undefined>(undefined),
  /** The method whose curve and image are shown, by its text. */
  method: signal<string | undefined>(undefined),
  /** Patches that are removed in the image. */
  step: signal(0),
  /** The step that the pointer is at. */
  hovered: signal<number | undefined>(undefined),
  /** The class that the model says for the image that is shown. */
  said: signal<{ readonly of: string; readonly index: number } | undefined>(undefined),
  /** Pixels that the chart is wide. */
  width: signal(640),
};

/** From so many multiplications on a forward pass takes long: what runs it often is off until it is asked for. */
export const isLarge = ({ macs }: { readonly macs: number }): boolean => macs > 50e6;
