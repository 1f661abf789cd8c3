import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveNetwork, checkMethod, layerNamed } from '@patternlens/core';
import { inputLayout } from '@patternlens/data';
import type { Command } from 'commander';
import { greyFill, parseFill } from '../arguments/parse-fill.js';
import { parseCount } from '../arguments/parse-numbers.js';
import { UsageError } from '../arguments/usage-error.js';
import { parseBackend } from '../backends/backend-ids.js';
import { openBackend } from '../backends/open-backend.js';
import { joinInputs } from '../explain/joined-inputs.js';
import { runOcclusion, type OcclusionEntry } from '../occlusion/run-occlusion.js';
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
  readonly out: string;
  readonly size: string;
  readonly stride: string;
  readonly fill?: string;
  readonly target?: string;
  readonly channel?: string;
  readonly backend?: string;
  readonly batch: string;
  readonly limit?: string;
  readonly pictures: boolean;
  readonly json?: boolean;
}

/** Samples that a generated source gives where no limit says otherwise. */
const GENERATED = 4;
const SHOWN = 20;

function samplesTable(entries: readonly OcclusionEntry[]): string {
  const rows = entries
    .slice(0, SHOWN)
    .map(({ source, index, target, label, channel, whole }) => [
      source,
      String(index),
      label ?? String(target),
      whole.probability.toPrecision(4),
      String(channel),
      whole.activation.toPrecision(5),
    ]);
  const more = entries.length > SHOWN ? `\n... and ${entries.length - SHOWN} more` : '';
  const headings = ['source', 'index', 'class', 'probability', 'feature map', 'activation'];
  return `${table(headings, rows)}${more}`;
}

const optional = (option: string, text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseCount(option, text, 0);

export function occlusionCommand(program: Command, terminal: Terminal): void {
  withSources(
    program
      .command('occlusion')
      .argument('<MODEL>', 'an ONNX file, or default for the bundled network')
      .argument(
        '<SOURCE...>',
        'folders of images, image files, arrays (.npy, IDX, CIFAR), or generated[:seed=7]',
      ),
  )
    .requiredOption('--layer <LAYER>', 'the layer whose strongest feature map is watched')
    .requiredOption('--out <DIR>', 'the folder for the results')
    .option('--size <N>', 'height and width of the square in pixels', '48')
    .option('--stride <N>', 'pixels from one position of the square to the next', '16')
    .option(
      '--fill <VALUES>',
      "the square's values in the model's space, one or one a channel (default: that of pixel 128; 0 for arrays in model space)",
    )
    .option('--target <CLASS>', 'the class to watch (default: the most probable one)')
    .option('--channel <N>', 'the feature map to watch (default: the largest total activation)')
    .option(
      '--backend <ID>',
      'what computes: onnx:node, onnx:wasm or reference (default: the first that is installed)',
    )
    .option('--batch <N>', 'squares computed at once', '8')
    .option('--limit <N>', 'samples in all')
    .option(
      '--labels <FILE>',
      'class names, one a line (default: MODEL.labels.txt, where it is there)',
    )
    .option('--no-pictures', 'numbers only')
    .option('--json', 'print occlusion.json instead of the table')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens occlusion default generated --layer conv3 --size 4 --stride 2 --limit 2 --out occluded',
    )
    .action(async (path: string, sources: string[], flags: Flags) => {
      const size = parseCount('--size', flags.size);
      const stride = parseCount('--stride', flags.stride);
      const target = optional('--target', flags.target);
      const channel = optional('--channel', flags.channel);
      const batch = parseCount('--batch', flags.batch);
      const limit = flags.limit === undefined ? undefined : parseCount('--limit', flags.limit);
      const id = flags.backend === undefined ? undefined : parseBackend(flags.backend);
      const model = await openModelOf(path, flags, sources, flags.input);
      const { network, preprocessing } = model;
      const [input, second] = network.inputs;
      if (second || input!.shape.length !== 4)
        throw new UsageError(
          `occlusion needs a network of one image; this one takes ${network.inputs.map(({ name }) => name).join(', ')}.`,
        );
      const { layer } = flags;
      const { plugins } = model;
      const canonical = resolveNetwork(network, { plugins });
      const maps = canonical.shapes.get(layerNamed(canonical, layer).output)![1] as number;
      if (channel !== undefined && channel >= maps)
        throw new UsageError(
          `--channel: layer "${layer}" has no feature map ${channel}. It has ${maps}: 0 to ${maps - 1}.`,
        );
      checkMethod(network, { method: 'deconvnet', layer, plugins });
      if (target !== undefined) checkMethod(network, { method: 'gradient', target, plugins });
      const image = inputLayout(input!.name, input!.shape);
      const given = flags.fill === undefined ? undefined : parseFill(flags.fill, image.channels);
      const inputs = await joinInputs(
        model,
        sourcesByInput(model, sources, flags),
        limit ?? GENERATED,
        limit,
      );
      const fill =
        given ??
        (inputs.preprocessing === undefined
          ? Array.from({ length: image.channels }, () => 0)
          : greyFill(preprocessing ?? {}, image.channels));
      const backend = await openBackend(id);
      terminal.say(
        `backend ${backend.id}, ${counted(inputs.count, 'sample')}, square filled with ${fill.map((value) => Number(value.toPrecision(4))).join(', ')}`,
      );
      const staging = await stageInto(flags.out);
      const cancel = cancelOnInterrupt();
      const progress = await startProgress(terminal, 'occlusion');
      try {
        const { entries, files } = await runOcclusion({
          model,
          inputs,
          image,
          layer,
          size,
          stride,
          fill,
          target,
          channel,
          backend,
          batch,
          pictures: flags.pictures,
          staging,
          signal: cancel.signal,
          onProgress: (done, total) => {
            progress.update({ done, total, detail: layer });
          },
        });
        const document = {
          model: path,
          layer,
          size,
          stride,
          fill,
          backend: backend.id,
          samples: entries,
        };
        const text = JSON.stringify(document, null, 2);
        await writeFile(staging.path('occlusion.json'), `${text}\n`);
        await staging.commit([...files, 'occlusion.json']);
        progress.stop();
        terminal.data(flags.json === true ? text : samplesTable(entries));
        terminal.say(`${counted(entries.length, 'sample')}: ${join(flags.out, 'occlusion.json')}`);
      } finally {
        progress.stop();
        cancel.release();
        await staging.discard();
        await backend.dispose();
      }
    });
}
