import { inputToRgb, type Picture } from '@patternlens/heatmap';
import type { AppState } from '../state/app-state.js';
import type { SampleSet, Sample } from '../state/samples.js';
import type { OpenedModel } from '../state/app-state.js';
import { pictured } from './pictured.js';

const known = new WeakMap<object, Picture>();

/** The input whose relevance is shown: the one that was chosen, or the first. */
export function shownInput(state: AppState): OpenedModel['facts']['inputs'][number] | undefined {
  const inputs = state.model.value?.facts.inputs ?? [];
  return inputs.find(({ name }) => name === state.page.input.value) ?? inputs[0];
}

/** An input of a sample as a picture: the pixels that it was made of where that is known. */
export function inputPicture(
  input: OpenedModel['facts']['inputs'][number],
  { inputs }: Sample,
  { preprocessing }: Pick<SampleSet, 'preprocessing'>,
): Picture | undefined {
  const batch = inputs[input.name];
  if (!batch) return undefined;
  const before = known.get(batch.data);
  if (before) return before;
  const { values, layout, isImage } = pictured(batch, input.axes);
  const made = inputToRgb(values, layout, isImage ? preprocessing?.values : undefined);
  known.set(batch.data, made);
  return made;
}
