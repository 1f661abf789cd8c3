import { basename, dirname } from 'node:path';
import { checkMethod, traceMethod, type ChannelTarget, type LayerTarget } from '@patternlens/core';
import { checkPreprocessing, preprocessingEntry } from '@patternlens/explain/node';
import { required, withDefault, type Parse } from '../arguments/option.js';
import { asChoice, parseOneMethod } from '../arguments/parse-methods.js';
import { parseTarget } from '../arguments/parse-target.js';
import { MODEL } from '../arguments/positional.js';
import {
  KEEP_OUTPUT,
  MODEL_OPTIONS,
  PATTERNS,
  SOURCE_OPTIONS,
  START,
} from '../arguments/shared-options.js';
import { UsageError } from '../arguments/usage-error.js';
import { exportedPreprocessing } from '../models/exported-preprocessing.js';
import { checkWritable } from '../output/check-writable.js';
import { defineCommand } from './command.js';

/** The class is an input of the explainer; neurons of a layer, and whether whole channels are explained, are not. */
const parseExplained: Parse<'top' | ChannelTarget | LayerTarget> = (text) => {
  const { target } = parseTarget(text);
  if (target === undefined || typeof target === 'number')
    throw new UsageError(
      '--target: the class is an input of the explainer. Leave it out, or give channel:N, or a neuron as LAYER/CHANNEL.',
    );
  return target;
};

export const exportExplainer = defineCommand({
  takes: [MODEL],
  options: {
    ...MODEL_OPTIONS,
    method: required('--method <ID>', 'one method, with parameters behind a colon'),
    out: required('--out <FILE.onnx>', 'the explainer'),
    patterns: PATTERNS,
    preprocess: SOURCE_OPTIONS.preprocess,
    target: withDefault(
      '--target <TARGET>',
      'top, channel:N to explain it at all of its positions, or LAYER/CHANNEL to explain neurons of a layer',
      'top',
      parseExplained,
    ),
    start: START,
    keepOutput: KEEP_OUTPUT,
  },
  examples: ['patternlens export default --method guided-backprop --out explainer.onnx'],
  run: async (run, path) => {
    const { out, target, start, preprocess } = run.options;
    const known = await run.plugins();
    const method = parseOneMethod(
      run.options.method,
      known,
      '--method: an explainer holds one method. Export each to a file of its own.',
    );
    await checkWritable(out);
    const opened = await run.model(path);
    const { network } = opened;
    const patterns = await run.patterns();
    const images = exportedPreprocessing(opened, { wasAsked: preprocess !== undefined });
    if (patterns) checkPreprocessing(patterns, images, '--preprocess');
    const part: Partial<LayerTarget> = target === 'top' ? {} : target;
    const { layer, channel } = part;
    const channels = channel !== undefined && layer === undefined;
    const options = { method: asChoice(method), patterns, start };
    checkMethod(network, { ...options, target });
    const { writeOnnxFiles } = await import('@patternlens/adapter-onnx');
    const dataFile = `${out}.data`;
    const { model, data } = writeOnnxFiles(
      traceMethod(network, { ...options, layer, channels }),
      basename(dataFile),
      { channel, preprocessing: preprocessingEntry(images) },
    );
    const staging = await run.results(dirname(out));
    if (data) await staging.write(basename(dataFile), data);
    await staging.write(basename(out), model);
    await staging.commit();
    run.say(
      `${method.id} as an explainer: ${out}${data ? ` with its weights in ${dataFile}` : ''}`,
    );
  },
});
