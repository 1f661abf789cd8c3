import type { Tensor } from '@patternlens/core';
import {
  cropField,
  picturedAxes,
  picturedSample,
  pictureOrder,
  renderMap,
  type MapOptions,
  type PictureRenderer,
  type RenderedFigure,
} from '@patternlens/heatmap';
import { labelOf } from '../models/class-labels.js';
import type { ReadyModel } from '../models/open-model.js';
import { preprocessingNote } from '../models/preprocessing-choice.js';
import type { ExplainedSample } from './explain-samples.js';
import { imageField } from './image-field.js';

/** How samples are drawn. */
export interface DrawOptions {
  /** Show the receptive field alone where a neuron of a layer was explained. */
  readonly crop: boolean;
  readonly look?: MapOptions | undefined;
}

/** Draws a sample's relevance at every input.
 * @returns figures by the name of their input. */
export function drawSample(
  { network, labels }: Pick<ReadyModel, 'network' | 'labels'>,
  renderer: PictureRenderer,
  { explanation, values, at, sample, fields }: ExplainedSample,
  { crop, look }: DrawOptions,
): ReadonlyMap<string, RenderedFigure> {
  const { inputs } = network;
  const target = explanation.targets[at]!;
  const drawn = inputs.map(({ name }) => {
    const axes = network.axes.get(name)!;
    const { layout, axes: words } = picturedAxes(axes);
    const used = sample.sources.get(name)!.preprocessing;
    const given = crop ? fields?.get(name) : undefined;
    const field = given && pictureOrder(axes).map((axis) => given[axis]!);
    const shown = (batch: Tensor): Tensor => {
      const { values: whole } = picturedSample(batch, at, axes);
      if (!field || field.length !== whole.shape.length) return whole;
      const channels = layout === 'channels-last' ? whole.shape.length - 1 : 0;
      return cropField(whole, imageField(field, whole.shape, channels));
    };
    const map = {
      relevance: shown(explanation.relevanceByInput[name]!),
      layout,
      axes: words,
      ...(inputs.length > 1 ? { inputName: name } : {}),
      recipe: explanation.recipe,
      exponent: explanation.exponents[at]!,
      warnings: explanation.warnings[at]!,
      notes: used ? [preprocessingNote(used)] : [],
      input: { values: shown(values[name]!), preprocessing: used?.values },
      target: {
        target,
        value: explanation.explained[at]!,
        name: labelOf(network, labels, target),
      },
    };
    return [name, renderMap(renderer, map, look)] as const;
  });
  return new Map(drawn);
}
