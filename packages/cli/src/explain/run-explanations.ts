import type { ExplainProgress, Recipe } from '@patternlens/core';
import type { Method } from '@patternlens/core/tracing';
import { uniqueNames } from '@patternlens/data';
import type { PictureRenderer } from '@patternlens/heatmap';
import { explainSamples, preprocessingEntry } from '@patternlens/explain/node';
import { asChoice } from '../arguments/parse-methods.js';
import { drawExplanation } from './draw-explanation.js';
import type { MethodEntry, SampleEntry } from './explained-samples.js';
import type { ExplanationRun } from './explanation-run.js';
import { stemsOf } from './file-names.js';
import { MethodArrays } from './method-arrays.js';
import { methodFiles, type MethodFiles } from './method-files.js';
import { remarkLines } from './remark-lines.js';
import { sampleEntry } from './sample-entry.js';

/** Explains all samples with one method and writes their files into the staging folder. */
async function explainWith(
  run: ExplanationRun,
  method: Method,
  files: MethodFiles,
  renderer: PictureRenderer | undefined,
  onSamples: (done: number, runs: ExplainProgress) => void,
): Promise<MethodEntry> {
  const { model, backend, inputs } = run;
  await using arrays = new MethodArrays(inputs, model.network.inputs, files, run.staging);
  const samples: SampleEntry[] = [];
  let recipe: Recipe | undefined;
  const explained = explainSamples({ ...run, method: asChoice(method), onProgress: onSamples });
  for await (const sample of explained) {
    const { relevanceByInput } = sample.explanation;
    ({ recipe } = sample.explanation);
    const npy = await arrays.append(sample.number, relevanceByInput, sample.at);
    const png = renderer ? await drawExplanation(run, renderer, files, sample) : null;
    samples.push(sampleEntry(model, sample, npy, png));
  }
  run.onRemarks(remarkLines(method.id, recipe?.remarks ?? []));
  return {
    model: model.path,
    method: method.id,
    parameters: recipe?.parameters ?? method.parameters,
    ...(recipe?.explainedOutput === undefined ? {} : { explainedOutput: recipe.explainedOutput }),
    ...(recipe?.plugins === undefined ? {} : { plugins: recipe.plugins }),
    backend: backend.id,
    preprocessing: preprocessingEntry(inputs),
    samples,
  };
}

/** Explains every sample with every method; files lie in the staging folder until all are done.
 * @returns the entries of `explanations.json`. */
export async function runExplanations(run: ExplanationRun): Promise<MethodEntry[]> {
  const { model, inputs, methods, signal, onProgress } = run;
  const { nodeRenderer } = await import('@patternlens/heatmap/node');
  const renderer = run.pictures ? await nodeRenderer() : undefined;
  const names = model.network.inputs.map(({ name }) => name);
  const stems = stemsOf(inputs.samples.map(({ sources }) => sources.get(names[0]!)!));
  const words = uniqueNames();
  const total = methods.length * inputs.count;
  const entries: MethodEntry[] = [];
  for (const [place, method] of methods.entries()) {
    const files = methodFiles(words(method.id), stems, names);
    const onSamples = (done: number, runs: ExplainProgress): void => {
      const tenths = Math.floor(10 * (place * inputs.count + done) + 1e-9);
      const drives = method.driver ? `, ${runs.done} of ${runs.total} runs` : '';
      onProgress(tenths / 10, total, `${method.id}${drives}`);
    };
    try {
      entries.push(await explainWith(run, method, files, renderer, onSamples));
    } catch (cause) {
      // A driver that was cancelled between its runs was interrupted, as everything else.
      signal.throwIfAborted();
      throw cause;
    }
  }
  return entries;
}
