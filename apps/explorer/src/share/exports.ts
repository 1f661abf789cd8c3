import type { NeuronTarget } from '@patternlens/core';
import { encodeNpy } from '@patternlens/data';
import { parseTarget } from '../explain/target.js';
import type { ComputeClient } from '../compute/client.js';
import type { App } from '../state/app.js';
import {
  arrayName,
  explainerName,
  numbersName,
  patternsName,
  pictureName,
} from './download-names.js';
import { drawPictureFile } from './draw-picture-file.js';
import { explainedMaps, lookOptions, type Fields } from './explained-maps.js';
import { explanationsJson, preprocessingEntry } from './explanations-json.js';
import type { Exported, ExportedMethod } from './exported.js';
import { saveFile } from './save-file.js';
import { sheetOnScreen } from './sheet-on-screen.js';

/** Everything that writes files; loaded when the first is asked for. */

const modelClient = ({ engine, state }: App, { model }: Exported): Promise<ComputeClient> =>
  engine.ready(state.backend.peek(), model.files, state.patterns.peek());

/** What a neuron depends on, where one was explained. */
async function fieldsFor(
  app: App,
  exported: Exported,
  { explanation }: ExportedMethod,
): Promise<Fields | undefined> {
  const [target] = explanation.targets;
  if (typeof target !== 'object' || !('layer' in target)) return undefined;
  const client = await modelClient(app, exported);
  return client.call('receptiveFields', target satisfies NeuronTarget);
}

/** Saves a picture of every map. */
export async function savePictures(
  app: App,
  exported: Exported,
  kind: 'png' | 'svg',
): Promise<void> {
  const look = lookOptions(app.state.look.peek());
  const severalInputs = exported.model.facts.inputs.length > 1;
  for (const method of exported.methods) {
    const fields = await fieldsFor(app, exported, method);
    for (const { input, map } of explainedMaps(exported, method, fields)) {
      const bytes = await drawPictureFile(app, { draw: kind, map, look });
      const name = pictureName(
        exported.place,
        method.word,
        kind,
        severalInputs ? input : undefined,
      );
      saveFile(name, bytes, kind === 'png' ? 'image/png' : 'image/svg+xml');
    }
  }
}

/** Saves one picture of all maps. */
export async function saveSheet(app: App, exported: Exported): Promise<void> {
  const { scope, ...look } = app.state.look.peek();
  const bytes = await drawPictureFile(app, {
    draw: 'sheet',
    sheet: sheetOnScreen(exported),
    look: { ...lookOptions({ scope, ...look }), scope },
  });
  saveFile(pictureName(exported.place, 'sheet', 'png'), bytes, 'image/png');
}

/** Saves the numbers beside the maps, as the command's `explanations.json` has them. */
export async function saveNumbers(app: App, exported: Exported): Promise<void> {
  const fields = new Map<ExportedMethod, Fields | undefined>();
  for (const method of exported.methods) fields.set(method, await fieldsFor(app, exported, method));
  const json = explanationsJson(exported, (method) => fields.get(method));
  saveFile(numbersName(exported.place), json, 'application/json');
}

/** Saves the relevance of every method as float32, without the batch. */
export function saveArrays({ place, model, methods }: Exported): Promise<void> {
  const { inputs } = model.facts;
  for (const { word, explanation } of methods) {
    for (const { name, axes } of inputs) {
      const { data, shape } = explanation.relevanceByInput[name]!;
      const bytes = encodeNpy({ data, shape: shape.filter((_, axis) => axis !== axes.batch) });
      saveFile(arrayName(place, word, inputs.length > 1 ? name : undefined), bytes);
    }
  }
  return Promise.resolve();
}

/** Saves every method as one ONNX graph that explains what it is given. */
export async function saveExplainers(app: App, exported: Exported): Promise<void> {
  const { model, place, methods } = exported;
  const client = await modelClient(app, exported);
  const asked = parseTarget(app.state.target.peek(), model.labels);
  for (const { method, word } of methods) {
    const name = explainerName(model.facts.name, word);
    const { model: bytes, data } = await client.call('writeExplainer', {
      method: method.id,
      parameters: method.parameters,
      target: typeof asked === 'object' && 'channel' in asked ? asked : 'top',
      preprocessing: preprocessingEntry(place.set),
      dataFile: `${name}.data`,
    });
    saveFile(name, bytes);
    if (data) saveFile(`${name}.data`, new Blob([...data] as BlobPart[]));
  }
}

/** Saves the patterns in use. */
export function savePatterns({ state }: App): Promise<void> {
  const model = state.model.peek();
  const patterns = state.patterns.peek();
  if (model && patterns) saveFile(patternsName(model.facts.name), patterns.bytes);
  return Promise.resolve();
}
