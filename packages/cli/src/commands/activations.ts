import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkMethod, explainedPart, resolveNetwork } from '@patternlens/core';
import type { Command } from 'commander';
import { runActivations, type ActivationsDocument } from '../activations/run-activations.js';
import { checkChannels, parseChannels } from '../arguments/parse-channels.js';
import { asChoice, parseMethods } from '../arguments/parse-methods.js';
import { parseCount } from '../arguments/parse-numbers.js';
import { parseStart } from '../arguments/parse-start.js';
import { UsageError } from '../arguments/usage-error.js';
import { parseBackend } from '../backends/backend-ids.js';
import { openBackend } from '../backends/open-backend.js';
import { checkPreprocessing } from '../explain/check-preprocessing.js';
import { joinInputs } from '../explain/joined-inputs.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { openPatterns } from '../models/open-patterns.js';
import { cancelOnInterrupt } from '../output/cancel-on-interrupt.js';
import { counted } from '../output/counted.js';
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
  readonly layer: string;
  readonly channels: string;
  readonly top: string;
  readonly out: string;
  readonly method: string;
  readonly patterns?: string;
  readonly start?: string;
  readonly backend?: string;
  readonly batch: string;
  readonly limit?: string;
  readonly pictures: boolean;
  readonly json?: boolean;
}

/** Samples that a generated source gives where no limit says otherwise. */
const GENERATED = 256;
const SHOWN = 20;

/** The strongest activation of each feature map. */
function strongestTable({ channels }: ActivationsDocument): string {
  const rows = channels.slice(0, SHOWN).map(({ channel, strongest }) => {
    const [first] = strongest;
    return first
      ? [
          String(channel),
          first.value.toPrecision(5),
          first.source,
          String(first.index),
          first.position.join(' '),
        ]
      : [String(channel), '-', 'no sample excites it', '-', ''];
  });
  const more = channels.length > SHOWN ? `\n... and ${channels.length - SHOWN} more` : '';
  return `${table(['feature map', 'strongest', 'source', 'index', 'position'], rows)}${more}`;
}

export function activationsCommand(program: Command, terminal: Terminal): void {
  withSources(
    program
      .command('activations')
      .argument('<MODEL>', 'an ONNX file, or default for the bundled network')
      .argument(
        '<SOURCE...>',
        'folders of images, image files, arrays (.npy, IDX, CIFAR), or generated[:seed=7]',
      ),
  )
    .requiredOption('--layer <LAYER>', 'the layer, as inspect lists it')
    .requiredOption('--out <DIR>', 'the folder for the results')
    .option('--channels <LIST>', 'feature maps: 0,5,10-12, all, or strongest:N', 'strongest:16')
    .option('--top <N>', 'samples for each feature map', '9')
    .option('--method <ID>', 'what projects back, with parameters behind a colon', 'deconvnet')
    .option('--patterns <FILE>', 'patterns, for pattern-net and pattern-attribution')
    .option(
      '--start <START>',
      'what a projection starts from: one or value (default: as the method says)',
    )
    .option(
      '--backend <ID>',
      'what computes: onnx:node, onnx:wasm or reference (default: the first that is installed)',
    )
    .option('--batch <N>', 'samples computed at once', '8')
    .option('--limit <N>', 'samples in all')
    .option('--no-pictures', 'numbers only')
    .option('--json', 'print activations.json instead of the table')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens activations default generated --layer conv2 --channels 0-3 --out activations',
    )
    .action(async (path: string, sources: string[], flags: Flags) => {
      const [method, second] = parseMethods(flags.method, {
        plugins: await openPlugins(flags.plugin),
      });
      if (second) throw new UsageError('--method: give one method; the others, one run each.');
      const channels = parseChannels(flags.channels);
      const top = parseCount('--top', flags.top);
      const start = parseStart(flags.start);
      const batch = parseCount('--batch', flags.batch);
      const limit = flags.limit === undefined ? undefined : parseCount('--limit', flags.limit);
      const id = flags.backend === undefined ? undefined : parseBackend(flags.backend);
      const model = await openModelOf(path, flags, sources, flags.input);
      const { network } = model;
      if (network.inputs.length > 1)
        throw new UsageError(
          `the network has ${network.inputs.length} inputs; activations are drawn for networks of one. Use explain with --target LAYER/CHANNEL instead.`,
        );
      const { layer } = flags;
      const explained = explainedPart(resolveNetwork(network, { plugins: model.plugins }), layer);
      const count = explained.shapes.get(explained.outputs[0]!)![1] as number;
      checkChannels(channels, layer, count);
      const patterns =
        flags.patterns === undefined ? undefined : await openPatterns(flags.patterns);
      const { plugins } = model;
      checkMethod(network, { method: asChoice(method!), patterns, layer, plugins });
      const inputs = await joinInputs(
        model,
        sourcesByInput(model, sources, flags),
        limit ?? GENERATED,
        limit,
      );
      if (patterns) checkPreprocessing(patterns, inputs);
      const backend = await openBackend(id);
      terminal.say(`backend ${backend.id}, ${counted(inputs.count, 'sample')}`);
      const staging = await stageInto(flags.out);
      const cancel = cancelOnInterrupt();
      let progress = await startProgress(terminal, 'search');
      let projecting = false;
      try {
        const projection = await startProgress(terminal, 'project');
        const { document, files } = await runActivations({
          model,
          explained,
          inputs,
          layer,
          channels,
          top,
          method: method!,
          patterns,
          start,
          backend,
          batch,
          pictures: flags.pictures,
          staging,
          signal: cancel.signal,
          onSamples: (done, total) => {
            progress.update({ done, total, detail: layer });
          },
          onChannels: (done, total) => {
            if (!projecting) progress.stop();
            projecting = true;
            progress = projection;
            progress.update({ done, total, detail: method!.id });
          },
        });
        const text = JSON.stringify(document, null, 2);
        await writeFile(staging.path('activations.json'), `${text}\n`);
        await staging.commit([...files, 'activations.json']);
        progress.stop();
        terminal.data(flags.json === true ? text : strongestTable(document));
        terminal.say(
          `${counted(document.channels.length, 'feature map')} of ${layer}: ${join(flags.out, 'activations.json')}`,
        );
      } finally {
        progress.stop();
        cancel.release();
        await staging.discard();
        await backend.dispose();
      }
    });
}
