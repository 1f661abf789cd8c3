import { type Explanation, type Tensor, type TensorRecord } from '@patternlens/core';
import {
  cropField,
  picturedAxes,
  picturedSample,
  pictureOrder,
  renderMap,
  type PictureRenderer,
} from '@patternlens/heatmap';
import { labelOf } from '../models/class-labels.js';
import { preprocessingNote } from '../models/preprocessing-choice.js';
import type { JoinedSample } from '../sources/joined-inputs.js';
import type { ExplanationRun } from './explanation-run.js';
import { imageField } from './image-field.js';
import type { MethodFiles } from './method-files.js';
import type { Fields } from './neuron-fields.js';

/** One sample of a batch that was explained. */
export interface ExplainedSample {
  readonly explanation: Explanation;
  readonly values: TensorRecord;
  /** Its place in the batch. */
  readonly at: number;
  readonly sample: JoinedSample;
  /** Where a neuron of a layer was explained, what it depends on. */
  readonly fields: Fields | undefined;
}

/** Draws a sample's relevance at every input into the staging folder.
 * @returns the pictures' names by input. */
export async function drawExplanation(
  { model, staging, crop }: ExplanationRun,
  renderer: PictureRenderer,
  files: MethodFiles,
  { explanation, values, at, sample, fields }: ExplainedSample,
): Promise<Record<string, string>> {
  const { inputs } = model.network;
  const source = sample.sources.get(inputs[0]!.name)!;
  const target = explanation.targets[at]!;
  const made: Record<string, string> = {};
  for (const { name } of inputs) {
    const axes = model.network.axes.get(name)!;
    const { layout, axes: words } = picturedAxes(axes);
    const used = sample.sources.get(name)!.preprocessing;
    const given = crop ? fields?.get(name) : undefined;
    const field = given && pictureOrder(axes).map((axis) => given[axis]!);
    const shown = (batch: Tensor): Tensor => {
      const { values: whole } = picturedSample(batch, at, axes);
      if (!field || field.length !== whole.shape.length) return whole;
      return cropField(
        whole,
        imageField(field, whole.shape, layout === 'channels-last' ? whole.shape.length - 1 : 0),
      );
    };
    const { png } = renderMap(renderer, {
      relevance: shown(explanation.relevanceByInput[name]!),
      layout,
      axes: words,
      ...(inputs.length > 1 ? { inputName: name } : {}),
      recipe: explanation.recipe,
      exponent: explanation.exponents[at]!,
      warnings: explanation.warnings[at]!,
      notes: used ? [preprocessingNote(used)] : [],
      input: {
        values: shown(values[name]!),
        preprocessing: used?.values,
      },
      target: {
        target,
        value: explanation.explained[at]!,
        name: labelOf(model.network, model.labels, target),
      },
    });
    made[name] = files.picture(source, name, sample.index);
    await staging.write(made[name], png);
  }
  return made;
}
