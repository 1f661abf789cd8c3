import { join } from 'node:path';
import { checkMethod } from '@patternlens/core';
import type { Method } from '@patternlens/core/tracing';
import { checkPreprocessing, inputRange } from '@patternlens/explain/node';
import { flag, optional, withDefault } from '../arguments/option.js';
import { asChoice, checkMethods, parseMethods } from '../arguments/parse-methods.js';
import { parseTarget } from '../arguments/parse-target.js';
import { resolveTarget } from '../arguments/resolve-target.js';
import { MAYBE_SOURCES, MODEL } from '../arguments/positional.js';
import {
  BACKEND,
  batch,
  KEEP_OUTPUT,
  LABELS,
  LIMIT,
  PATTERNS,
  PICTURES,
  SOURCE_OPTIONS,
  START,
} from '../arguments/shared-options.js';
import { defaultMethods, DEFAULT_METHODS_HELP } from '../explain/default-methods.js';
import { saySettled } from '../explain/settled-parameters.js';
import { runExplanations } from '../explain/run-explanations.js';
import { samplesTable } from '../explain/samples-table.js';
import { counted } from '../output/counted.js';
import { defineCommand } from './command.js';

/** Samples that a generated source gives where no limit says otherwise. */
const GENERATED = 16;

export const explain = defineCommand({
  takes: [MODEL, MAYBE_SOURCES],
  options: {
    ...SOURCE_OPTIONS,
    method: optional(
      '--method <ID,...>',
      `methods, with parameters behind a colon: gradient,lrp-epsilon:epsilon=0.01; or all (default: ${DEFAULT_METHODS_HELP})`,
    ),
    out: withDefault('--out <DIR>', 'the folder for the results', 'explained'),
    patterns: PATTERNS,
    target: withDefault(
      '--target <TARGET>',
      'what to explain: top, a class by its number or label, channel:N (a class summed over its positions), LAYER/CHANNEL (its strongest position) or LAYER/CHANNEL@ROW,COLUMN',
      'top',
      parseTarget,
    ),
    start: START,
    keepOutput: KEEP_OUTPUT,
    backend: BACKEND,
    batch: batch('samples computed at once, and inputs that a driver runs at once'),
    limit: LIMIT,
    labels: LABELS,
    pictures: PICTURES,
    crop: flag(
      '--no-crop',
      'show the whole input for a neuron of a layer, not its receptive field',
    ),
    json: flag('--json', 'print explanations.json instead of the table'),
  },
  examples: [
    'patternlens explain default generated --limit 4',
    'patternlens explain default generated --limit 4 --method gradient,guided-backprop --out explained',
  ],
  run: async (run, path, sources) => {
    const { options, say } = run;
    const { methods: known } = await run.plugins();
    if (options.method !== undefined) checkMethods(options.method, known);
    const model = await run.model(path, sources);
    const patterns = await run.patterns();
    const inputs = await run.inputs(model, sources, GENERATED);
    const range = inputRange(model, inputs);
    const { start } = options;
    const target = resolveTarget(options.target, model);
    const shared = { patterns, target, start };
    const check = (method: Method): void => {
      checkMethod(model.network, { ...shared, method: asChoice(method) });
    };
    const context = { methods: known, range, check, say };
    const methods =
      options.method === undefined
        ? defaultMethods(context, patterns)
        : parseMethods(options.method, context);
    methods.forEach(check);
    saySettled(methods, model.network, say);
    if (patterns) checkPreprocessing(patterns, inputs, '--preprocess');
    const backend = await run.backend();
    say(`backend ${backend.id}`);
    const signal = run.heedInterrupts();
    const staging = await run.results(options.out);
    const progress = await run.progress('explain');
    const remarks: string[] = [];
    const entries = await runExplanations({
      ...shared,
      model,
      inputs,
      methods,
      backend,
      staging,
      signal,
      batch: options.batch,
      pictures: options.pictures,
      crop: options.crop,
      onRemarks: (lines) => {
        remarks.push(...lines);
      },
      onProgress: (done, total, detail) => {
        progress.update({ done, total, detail });
      },
    });
    const document = JSON.stringify(entries, null, 2);
    await staging.write('explanations.json', `${document}\n`);
    await staging.commit();
    progress.stop();
    remarks.forEach(say);
    run.terminal.data(options.json ? document : samplesTable(entries));
    say(
      `${counted(entries.length, 'method')}, ${counted(inputs.count, 'sample')}: ${join(options.out, 'explanations.json')}`,
    );
  },
});
