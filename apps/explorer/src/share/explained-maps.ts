import type { Tensor } from '@patternlens/core';
import type { Range } from '@patternlens/core/neurons';
import {
  cropField,
  picturedAxes,
  picturedSample,
  pictureOrder,
  type ExplainedMap,
  type LookOptions,
} from '@patternlens/heatmap';
import type { Look } from '../state/look.js';
import type { SampleSet } from '../state/samples.js';
import type { Exported, ExportedMethod } from './exported.js';
import { labelOf } from './label-of.js';

/** What a neuron depends on, by input. */
export type Fields = Readonly<Record<string, readonly Range[]>>;

/** The page's look as pictures take it. */
export const lookOptions = ({ look, colours, quantile, gamma, strength }: Look): LookOptions => ({
  view: look,
  ...{ colours, quantile, gamma, strength },
});

/** What has to be known of images: how pixels became values. */
const preprocessingNotes = ({ preprocessing }: SampleSet): string[] =>
  preprocessing === undefined
    ? []
    : [
        preprocessing.name === 'none'
          ? 'pixels 0..255 as they are; see --preprocess'
          : `preprocessing ${preprocessing.name}`,
      ];

/** All channels of a field of an image, which a picture shows together. */
function imageField(
  field: readonly Range[],
  { shape }: Tensor,
  channelAxis: number,
): readonly Range[] {
  if (shape.length !== 3) return shape.map((size) => ({ from: 0, to: size }));
  return field.map((range, axis) => (axis === channelAxis ? { from: 0, to: shape[axis]! } : range));
}

/** The sample as the command draws it: a map for every input.
 * @param fields Where a neuron of a layer was explained, what it depends on: pictures show that part alone. */
export function explainedMaps(
  { model, place, sample }: Exported,
  { explanation }: ExportedMethod,
  fields: Fields | undefined,
): readonly { readonly input: string; readonly map: ExplainedMap }[] {
  const { inputs } = model.facts;
  const target = explanation.targets[0]!;
  return inputs.map(({ name, axes }) => {
    const { layout, axes: words } = picturedAxes(axes);
    const given = fields?.[name];
    const field = given && pictureOrder(axes).map((axis) => given[axis]!);
    const shown = (batch: Tensor): Tensor => {
      const { values } = picturedSample(batch, 0, axes);
      if (field?.length !== values.shape.length) return values;
      const channels = layout === 'channels-last' ? values.shape.length - 1 : 0;
      return cropField(values, imageField(field, values, channels));
    };
    const map: ExplainedMap = {
      relevance: shown(explanation.relevanceByInput[name]!),
      layout,
      axes: words,
      ...(inputs.length > 1 ? { inputName: name } : {}),
      recipe: explanation.recipe,
      exponent: explanation.exponents[0]!,
      warnings: explanation.warnings[0]!,
      notes: preprocessingNotes(place.set),
      input: {
        values: shown(sample.inputs[name]!),
        preprocessing: place.set.preprocessing?.values,
      },
      target: { target, value: explanation.explained[0]!, name: labelOf(model, target) },
    };
    return { input: name, map };
  });
}
