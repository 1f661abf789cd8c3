import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkMethod } from '@patternlens/core';
import type { Command } from 'commander';
import { inputRange } from '../arguments/input-range.js';
import { asChoice, checkMethods, parseMethods } from '../arguments/parse-methods.js';
import { parseCount } from '../arguments/parse-numbers.js';
import { parseStart } from '../arguments/parse-start.js';
import { parseTarget } from '../arguments/parse-target.js';
import { parseBackend } from '../backends/backend-ids.js';
import { openBackend } from '../backends/open-backend.js';
import { checkPreprocessing } from '../explain/check-preprocessing.js';
import type { SampleEntry } from '../explain/explained-samples.js';
import { joinInputs } from '../explain/joined-inputs.js';
import { runExplanations } from '../explain/run-explanations.js';
import { openPatterns } from '../models/open-patterns.js';
import { counted } from '../output/counted.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { cancelOnInterrupt } from '../output/cancel-on-interrupt.js';
import { startProgress } from '../output/progress.js';
import { stageInto } from '../output/staging.js';
import { table } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import {
  openModelOf,
  sourcesByInput,
  withSources,
  type ModelFlags,
  type SourceFlags,
} from './shared-options.js';

interface Flags extends ModelFlags, SourceFlags {
  readonly method: string;
  readonly out: string;
  readonly patterns?: string;
  readonly target: string;
  readonly start?: string;
  readonly keepOutput?: boolean;
  readonly backend?: string;
  readonly batch: string;
  readonly limit?: string;
  readonly pictures: boolean;
  readonly crop: boolean;
  readonly json?: boolean;
}

/** Samples that a generated source gives where no limit says otherwise. */
const GENERATED = 16;

const SHOWN = 20;

/** What was explained, sample by sample; it is the same for all methods. */
function samplesTable(samples: readonly SampleEntry[]): string {
  const rows = samples
    .slice(0, SHOWN)
    .map(({ source, index, target, label, output }) => [
      typeof source === 'string' ? source : Object.values(source).join(' '),
      String(index),
      typeof target === 'number'
        ? String(target)
        : `${target.layer}/${target.channel} at ${target.position.join(', ')}`,
      label ?? '',
      output.toPrecision(5),
    ]);
  const more = samples.length > SHOWN ? `\n... and ${samples.length - SHOWN} more` : '';
  return `${table(['source', 'index', 'target', 'label', 'output'], rows)}${more}`;
}

export function explainCommand(program: Command, terminal: Terminal): void {
  withSources(
    program
      .command('explain')
      .argument('<MODEL>', 'an ONNX file, or default for the bundled network')
      .argument(
        '[SOURCE...]',
        'folders of images, image files, arrays (.npy, IDX, CIFAR), or generated[:seed=7]',
      ),
  )
    .requiredOption(
      '--method <ID,...>',
      'methods, with parameters behind a colon: gradient,lrp-epsilon:epsilon=0.01; or all',
    )
    .requiredOption('--out <DIR>', 'the folder for the results')
    .option('--patterns <FILE>', 'patterns, for pattern-net and pattern-attribution')
    .option(
      '--target <TARGET>',
      'what to explain: top, a class number, LAYER/CHANNEL (its strongest position) or LAYER/CHANNEL@ROW,COLUMN',
      'top',
    )
    .option(
      '--start <START>',
      'what relevance starts from: one or value (default: as the method says)',
    )
    .option('--keep-output', 'explain the output behind its final softmax or sigmoid')
    .option(
      '--backend <ID>',
      'what computes: onnx:node, onnx:wasm or reference (default: the first that is installed)',
    )
    .option('--batch <N>', 'samples computed at once, and inputs that a driver runs at once', '8')
    .option('--limit <N>', 'samples in all')
    .option(
      '--labels <FILE>',
      'class names, one a line (default: MODEL.labels.txt, where it is there)',
    )
    .option('--no-pictures', 'numbers only')
    .option('--no-crop', 'show the whole input for a neuron of a layer, not its receptive field')
    .option('--json', 'print explanations.json instead of the table')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens explain default generated --limit 4 --method gradient,guided-backprop --out explained',
    )
    .action(async (path: string, sources: string[], flags: Flags) => {
      const plugins = await openPlugins(flags.plugin);
      checkMethods(flags.method, plugins);
      const target = parseTarget(flags.target);
      const start = parseStart(flags.start);
      const batch = parseCount('--batch', flags.batch);
      const limit = flags.limit === undefined ? undefined : parseCount('--limit', flags.limit);
      const id = flags.backend === undefined ? undefined : parseBackend(flags.backend);
      const model = await openModelOf(path, flags, sources, flags.input);
      const patterns =
        flags.patterns === undefined ? undefined : await openPatterns(flags.patterns);
      const keepOutput = flags.keepOutput === true;
      const inputs = await joinInputs(
        model,
        sourcesByInput(model, sources, flags),
        limit ?? GENERATED,
        limit,
      );
      const methods = parseMethods(flags.method, {
        range: inputRange(model, inputs),
        plugins,
        say: (line) => {
          terminal.say(line);
        },
      });
      for (const method of methods)
        checkMethod(model.network, {
          method: asChoice(method),
          patterns,
          keepOutput,
          target,
          start,
          plugins,
        });
      if (patterns) checkPreprocessing(patterns, inputs);
      const backend = await openBackend(id);
      terminal.say(`backend ${backend.id}`);
      const staging = await stageInto(flags.out);
      const cancel = cancelOnInterrupt();
      const progress = await startProgress(terminal, 'explain');
      try {
        const total = methods.length * inputs.count;
        const { entries, files } = await runExplanations({
          model,
          inputs,
          methods,
          backend,
          patterns,
          target,
          start,
          keepOutput,
          batch,
          staging,
          pictures: flags.pictures,
          crop: flags.crop,
          signal: cancel.signal,
          onSamples: (method, done, runs) => {
            const all = methods.indexOf(method) * inputs.count + done;
            progress.update({
              done: Math.floor(10 * all + 1e-9) / 10,
              total,
              detail: method.driver
                ? `${method.id}, ${runs.done} of ${runs.total} runs`
                : method.id,
            });
          },
        });
        const document = JSON.stringify(entries, null, 2);
        await writeFile(staging.path('explanations.json'), `${document}\n`);
        await staging.commit([...files, 'explanations.json']);
        progress.stop();
        terminal.data(flags.json === true ? document : samplesTable(entries[0]!.samples));
        terminal.say(
          `${counted(entries.length, 'method')}, ${counted(inputs.count, 'sample')}: ${join(flags.out, 'explanations.json')}`,
        );
      } finally {
        progress.stop();
        cancel.release();
        await staging.discard();
        await backend.dispose();
      }
    });
}
