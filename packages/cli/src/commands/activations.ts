import { join } from 'node:path';
import { checkMethod } from '@patternlens/core';
import { valueChannels } from '@patternlens/core/network';
import { explainedPart } from '@patternlens/core/tracing';
import { checkPreprocessing } from '@patternlens/explain/node';
import { activationsTable } from '../activations/activations-table.js';
import { runActivations } from '../activations/run-activations.js';
import { flag, required, withDefault } from '../arguments/option.js';
import { checkChannels, parseChannels } from '../arguments/parse-channels.js';
import { asChoice, parseOneMethod } from '../arguments/parse-methods.js';
import { count } from '../arguments/parse-numbers.js';
import { MODEL, SOURCES } from '../arguments/positional.js';
import {
  BACKEND,
  batch,
  LIMIT,
  PATTERNS,
  PICTURES,
  RESULTS,
  SOURCE_OPTIONS,
  START,
} from '../arguments/shared-options.js';
import { UsageError } from '../arguments/usage-error.js';
import { counted } from '../output/counted.js';
import { defineCommand } from './command.js';

/** Samples that a generated source gives where no limit says otherwise. */
const GENERATED = 256;

export const activations = defineCommand({
  takes: [MODEL, SOURCES],
  options: {
    ...SOURCE_OPTIONS,
    layer: required('--layer <LAYER>', 'the layer, as inspect lists it'),
    out: RESULTS,
    channels: withDefault(
      '--channels <LIST>',
      'feature maps: 0,5,10-12, all, or strongest:N',
      'strongest:16',
      parseChannels,
    ),
    top: withDefault('--top <N>', 'samples for each feature map', '9', count()),
    method: withDefault(
      '--method <ID>',
      'what projects back, with parameters behind a colon',
      'deconvnet',
    ),
    patterns: PATTERNS,
    start: {
      ...START,
      description: 'what a projection starts from: one or value (default: as the method says)',
    },
    backend: BACKEND,
    batch: batch('samples computed at once'),
    limit: LIMIT,
    pictures: PICTURES,
    json: flag('--json', 'print activations.json instead of the table'),
  },
  examples: [
    'patternlens activations default generated --layer conv2 --channels 0-3 --out activations',
  ],
  run: async (run, path, sources) => {
    const { layer, out, channels, top, start, pictures, json } = run.options;
    const known = await run.plugins();
    const method = parseOneMethod(
      run.options.method,
      known,
      '--method: give one method; the others, one run each.',
    );
    const model = await run.model(path, sources);
    const { network } = model;
    if (network.inputs.length > 1)
      throw new UsageError(
        `the network has ${network.inputs.length} inputs; activations are drawn for networks of one. Use explain with --target LAYER/CHANNEL instead.`,
      );
    const explained = explainedPart(network, layer);
    const value = explained.outputs[0]!;
    const axis = valueChannels(network, value);
    checkChannels(channels, layer, explained.shapes.get(value)![axis] as number);
    const patterns = await run.patterns();
    checkMethod(network, { method: asChoice(method), patterns, layer });
    const inputs = await run.inputs(model, sources, GENERATED);
    if (patterns) checkPreprocessing(patterns, inputs, '--preprocess');
    const backend = await run.backend();
    run.say(`backend ${backend.id}, ${counted(inputs.count, 'sample')}`);
    const signal = run.heedInterrupts();
    const staging = await run.results(out);
    const search = await run.progress('search');
    const projection = await run.progress('project');
    const document = await runActivations({
      ...{ model, explained, inputs, backend, staging, signal, batch: run.options.batch },
      ...{ layer, channels, top, method, patterns, start, pictures },
      onSamples: (done, total) => {
        search.update({ done, total, detail: layer });
      },
      onChannels: (done, total) => {
        search.stop();
        projection.update({ done, total, detail: method.id });
      },
    });
    const text = JSON.stringify(document, null, 2);
    await staging.write('activations.json', `${text}\n`);
    await staging.commit();
    projection.stop();
    run.terminal.data(json ? text : activationsTable(document));
    run.say(
      `${counted(document.channels.length, 'feature map')} of ${layer}: ${join(out, 'activations.json')}`,
    );
  },
});
