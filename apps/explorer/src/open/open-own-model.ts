import { batch } from '@preact/signals-core';
import { sentFailure } from '../compute/call-failure.js';
import type { ModelFacts } from '../compute/model-facts.js';
import type { ModelFiles } from '../compute/model-files.js';
import type { App } from '../state/app.js';
import type { Basket } from './basket.js';
import { freeAxes } from './free-axes.js';
import { modelFailure } from './model-failure.js';
import { fileName, stemOf } from './given-file.js';
import { openStateOf, type WaitingModel } from './open-state.js';

let opened = 0;

/** What a model is called: its file's name without the ending, or its folder's where the file is only `model.json`. */
function modelName(path: string): string {
  const folder = path.split(/[/\\]/).at(-2);
  return /^model\.json$/i.test(fileName(path)) && folder ? folder : stemOf(path);
}

/** A basket's model as workers read it. */
function modelFilesOf(
  { model, beside }: Basket,
  options: Pick<ModelFiles, 'shapes' | 'output'>,
): ModelFiles {
  const { file, format } = model!;
  return {
    key: `${file.path} ${++opened}`,
    name: modelName(file.path),
    path: file.path,
    format,
    files: [file, ...beside],
    ...options,
  };
}

/** A model that could not be read: it waits for files or sizes, or is refused; the model before stays. */
function refused(app: App, waiting: WaitingModel, thrown: unknown): void {
  const { state } = app;
  const open = openStateOf(app);
  const failure = sentFailure(thrown);
  const name = fileName(waiting.basket.model!.file.path);
  const asked =
    failure.code === 'invalid-shape'
      ? freeAxes(failure.subject.layer, failure.sentence)
      : undefined;
  batch(() => {
    open.waiting.value = undefined;
    if (asked) {
      open.waiting.value = { ...waiting, asked };
      open.dialog.value = 'axes';
      return;
    }
    if (failure.code === 'missing-file') {
      open.waiting.value = waiting;
      open.missing.value = (failure.subject.file ?? '').split('\n');
    }
    const layers = failure.subject.refused ?? [];
    if (layers.length > 0) {
      state.refusal.value = { name, layers };
      open.report.value = true;
      open.dialog.value = undefined;
      return;
    }
    state.trouble.value = modelFailure(name, failure);
  });
}

/** What was read of a model. */
export interface ReadModel {
  readonly files: ModelFiles;
  readonly facts: ModelFacts;
}

/** Reads a basket's model; undefined where it was refused or waits for something, which is told.
 * @param output The output that is explained, where it is not the first. */
export async function readBasketModel(
  app: App,
  waiting: WaitingModel,
  output?: string,
): Promise<ReadModel | undefined> {
  const { basket, shapes } = waiting;
  const files = modelFilesOf(basket, {
    ...(Object.keys(shapes).length > 0 ? { shapes } : {}),
    ...(output === undefined ? {} : { output }),
  });
  try {
    const facts = await app.engine.open(app.state.backend.peek(), files);
    openStateOf(app).waiting.value = undefined;
    return { files, facts };
  } catch (thrown) {
    refused(app, waiting, thrown);
    return undefined;
  }
}
