import { drawSample, type ExplainedSample } from '@patternlens/explain/node';
import type { PictureRenderer } from '@patternlens/heatmap';
import type { ExplanationRun } from './explanation-run.js';
import type { MethodFiles } from './method-files.js';

/** Draws a sample's relevance at every input into the staging folder.
 * @returns the pictures' names by input. */
export async function drawExplanation(
  { model, staging, crop }: ExplanationRun,
  renderer: PictureRenderer,
  files: MethodFiles,
  explained: ExplainedSample,
): Promise<Record<string, string>> {
  const { sample } = explained;
  const source = sample.sources.get(model.network.inputs[0]!.name)!;
  const made: Record<string, string> = {};
  for (const [name, { png }] of drawSample(model, renderer, explained, { crop })) {
    made[name] = files.picture(source, name, sample.index);
    await staging.write(made[name], png);
  }
  return made;
}
