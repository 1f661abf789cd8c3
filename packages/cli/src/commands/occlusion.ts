import { join } from 'node:path';
import { checkMethod } from '@patternlens/core';
import { imagesPreprocessing, preprocessingEntry } from '@patternlens/explain/node';
import { flag, optional, required, withDefault } from '../arguments/option.js';
import { greyFill, parseFill } from '../arguments/parse-fill.js';
import { count } from '../arguments/parse-numbers.js';
import { parseTarget } from '../arguments/parse-target.js';
import { MODEL, SOURCES } from '../arguments/positional.js';
import { resolveClass } from '../arguments/resolve-target.js';
import {
  BACKEND,
  batch,
  LABELS,
  LIMIT,
  PICTURES,
  RESULTS,
  SOURCE_OPTIONS,
} from '../arguments/shared-options.js';
import { checkChannel, checkImage } from '../occlusion/check-occluded.js';
import { occlusionTable } from '../occlusion/occlusion-table.js';
import { runOcclusion } from '../occlusion/run-occlusion.js';
import { counted } from '../output/counted.js';
import { defineCommand } from './command.js';

/** Samples that a generated source gives where no limit says otherwise. */
const GENERATED = 4;

export const occlusion = defineCommand({
  takes: [MODEL, SOURCES],
  options: {
    ...SOURCE_OPTIONS,
    layer: required('--layer <LAYER>', 'the layer whose strongest feature map is watched'),
    out: RESULTS,
    size: withDefault('--size <N>', 'height and width of the square in pixels', '48', count()),
    stride: withDefault(
      '--stride <N>',
      'pixels from one position of the square to the next',
      '16',
      count(),
    ),
    fill: optional(
      '--fill <VALUES>',
      "the square's values in the model's space, one or one a channel (default: that of pixel 128; 0 for arrays in model space)",
    ),
    target: optional(
      '--target <CLASS>',
      'the class to watch, by its number or label (default: the most probable one)',
      parseTarget,
    ),
    channel: optional(
      '--channel <N>',
      'the feature map to watch (default: the largest total activation)',
      count(0),
    ),
    backend: BACKEND,
    batch: batch('squares computed at once'),
    limit: LIMIT,
    labels: LABELS,
    pictures: PICTURES,
    json: flag('--json', 'print occlusion.json instead of the table'),
  },
  examples: [
    'patternlens occlusion default generated --layer conv3 --size 4 --stride 2 --limit 2 --out occluded',
  ],
  run: async (run, path, sources) => {
    const { layer, out, size, stride, channel, pictures, json } = run.options;
    const model = await run.model(path, sources);
    const { network } = model;
    const image = checkImage(network);
    checkChannel(model, layer, channel);
    checkMethod(network, { method: 'deconvnet', layer });
    const target = run.options.target && resolveClass(run.options.target, model);
    if (target !== undefined) checkMethod(network, { method: 'gradient', target });
    const given =
      run.options.fill === undefined ? undefined : parseFill(run.options.fill, image.channels);
    const inputs = await run.inputs(model, sources, GENERATED);
    const used = imagesPreprocessing(inputs);
    const fill =
      given ??
      (used === undefined
        ? Array.from({ length: image.channels }, () => 0)
        : greyFill(used.values, image.channels));
    const backend = await run.backend();
    run.say(
      `backend ${backend.id}, ${counted(inputs.count, 'sample')}, square filled with ${fill.map((value) => Number(value.toPrecision(4))).join(', ')}`,
    );
    const signal = run.heedInterrupts();
    const staging = await run.results(out);
    const progress = await run.progress('occlusion');
    const samples = await runOcclusion({
      ...{ model, inputs, backend, staging, signal, image, fill },
      ...{ layer, size, stride, target, channel, batch: run.options.batch, pictures },
      onProgress: (done, total) => {
        progress.update({ done, total, detail: layer });
      },
    });
    const document = {
      ...{ model: path, layer, size, stride, fill, backend: backend.id },
      preprocessing: preprocessingEntry(inputs),
      samples,
    };
    const text = JSON.stringify(document, null, 2);
    await staging.write('occlusion.json', `${text}\n`);
    await staging.commit();
    progress.stop();
    run.terminal.data(json ? text : occlusionTable(samples));
    run.say(`${counted(samples.length, 'sample')}: ${join(out, 'occlusion.json')}`);
  },
});
