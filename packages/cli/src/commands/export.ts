import { basename, dirname } from 'node:path';
import { checkMethod, traceMethod, type LayerTarget, type Target } from '@patternlens/core';
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
import { checkPreprocessing } from '../explain/check-preprocessing.js';
import { exportedPreprocessing } from '../models/exported-preprocessing.js';
import { checkWritable } from '../output/check-writable.js';
import { preprocessingEntry } from '../sources/images-preprocessing.js';
import { defineCommand } from './command.js';

/** The class is an input of the explainer; neurons of a layer are not. */
const parseNeuron: Parse<'top' | LayerTarget> = (text) => {
  const target: Target = parseTarget(text);
  if (typeof target === 'number')
    throw new UsageError(
      '--target: the class is an input of the explainer. Leave it out, or name a neuron by LAYER/CHANNEL.',
    );
  return target as 'top' | LayerTarget;
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
      'top, or LAYER/CHANNEL to explain neurons of a layer',
      'top',
      parseNeuron,
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
    if (patterns) checkPreprocessing(patterns, images);
    const neuron = target === 'top' ? undefined : target;
    const options = { method: asChoice(method), patterns, start };
    checkMethod(network, { ...options, target });
    const { writeOnnxFiles } = await import('@patternlens/adapter-onnx');
    const dataFile = `${out}.data`;
    const { model, data } = writeOnnxFiles(
      traceMethod(network, { ...options, layer: neuron?.layer }),
      basename(dataFile),
      { channel: neuron?.channel, preprocessing: preprocessingEntry(images) },
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
