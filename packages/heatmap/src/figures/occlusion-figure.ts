import type { Recipe, Tensor } from '@patternlens/core';
import type { ShownInput } from '../looks/input-drawing.js';
import type { Layout } from '../maps/geometry.js';
import type { Plane } from '../maps/reduce-channels.js';

/** What a square that slides over an image does to a network. Planes have a value for each position of the square. */
export interface OcclusionFigure {
  readonly title: string;
  /** Under the title: the square, the class. */
  readonly caption: string;
  readonly layout: Layout;
  readonly input: ShownInput;
  readonly layer: string;
  readonly channel: number;
  /** Total activation of the feature map. */
  readonly activation: Plane;
  /** The feature map's strongest activation projected back, without the square. */
  readonly projection: { readonly relevance: Tensor; readonly recipe: Recipe };
  /** Of the class. */
  readonly probability: Plane;
  readonly className: string;
  /** The number of the most probable class. */
  readonly classes: Plane;
  /** The name of a class by its number. */
  readonly nameOf: (index: number) => string;
}
