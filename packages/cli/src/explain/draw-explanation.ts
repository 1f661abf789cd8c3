import { type Explanation, type Tensor, type TensorRecord } from '@patternlens/core';
import { channelLayout } from '@patternlens/core/network';
import { cropField, renderMap, type PictureRenderer } from '@patternlens/heatmap';
import type { JoinedSample } from '../sources/joined-inputs.js';
import type { ExplanationRun } from './explanation-run.js';
import { imageField } from './image-field.js';
import { pictured } from './pictured.js';
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
    const layout = channelLayout(model.network.axes.get(name)!);
    const field = crop ? fields?.get(name) : undefined;
    const shown = (batch: Tensor): Tensor => {
      const whole = pictured(batch, at, layout);
      if (!field || field.length !== whole.shape.length) return whole;
      return cropField(
        whole,
        imageField(field, whole.shape, layout === 'channels-last' ? whole.shape.length - 1 : 0),
      );
    };
    const { png } = renderMap(renderer, {
      relevance: shown(explanation.relevanceByInput[name]!),
      layout,
      recipe: explanation.recipe,
      exponent: explanation.exponents[at]!,
      warnings: explanation.warnings[at]!,
      input: {
        values: shown(values[name]!),
        preprocessing: source.preprocessing === undefined ? undefined : model.preprocessing,
      },
      target: {
        target,
        value: explanation.explained[at]!,
        name: typeof target === 'number' ? model.labels?.[target] : undefined,
      },
    });
    made[name] = files.picture(source, name, sample.index);
    await staging.write(made[name], png);
  }
  return made;
}
