import type { Recipe, Tensor } from '@patternlens/core';
import type { Range } from '@patternlens/core/neurons';
import type { ShownInput } from '../looks/input-drawing.js';
import type { LookOptions } from '../looks/look.js';
import type { Layout } from '../maps/geometry.js';

/** One sample that excites a feature map: the projection of its strongest activation, and the sample itself. */
export interface ActivationPatch {
  /** Without the batch axis, in the layout of the input. */
  readonly relevance: Tensor;
  /** The true relevance is the given one times 2^exponent; 0 unless given. */
  readonly exponent?: number | undefined;
  readonly input: ShownInput;
  /** The receptive field of the neuron: a range an axis of the input. Images are cropped to it. */
  readonly field: readonly Range[];
}

/** One feature map and the samples that excite it most, strongest first. */
export interface ActivationGroup {
  readonly channel: number;
  /** Under the heading: the largest values, say. */
  readonly note: string;
  readonly patches: readonly ActivationPatch[];
}

/** Feature maps of a layer, each with what excites it. */
export interface ActivationSheet {
  readonly title: string;
  /** Under the title. */
  readonly caption: string;
  readonly layer: string;
  readonly layout: Layout;
  /** A word for each axis of the samples, as in `ExplainedMap`. */
  readonly axes?: readonly string[] | undefined;
  readonly recipe: Recipe;
  /** Places in each grid: the samples that were asked for. */
  readonly top: number;
  readonly groups: readonly ActivationGroup[];
}

export interface ActivationSheetOptions extends LookOptions {
  /** Feature maps side by side; as many as fit in 1400 pixels unless given. */
  readonly columns?: number | undefined;
  readonly zoom?: number | undefined;
}
