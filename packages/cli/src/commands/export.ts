import { basename } from 'node:path';
import { checkMethod, traceMethod, type LayerTarget } from '@patternlens/core';
import type { Command } from 'commander';
import { asChoice, parseMethods } from '../arguments/parse-methods.js';
import { parseStart } from '../arguments/parse-start.js';
import { parseTarget } from '../arguments/parse-target.js';
import { UsageError } from '../arguments/usage-error.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { openPatterns } from '../models/open-patterns.js';
import { checkWritable } from '../output/check-writable.js';
import type { Terminal } from '../output/terminal.js';
import { writePieces } from '../output/write-pieces.js';
import { openModelOf, withModel, type ModelFlags } from './shared-options.js';

interface Flags extends ModelFlags {
  readonly method: string;
  readonly out: string;
  readonly patterns?: string;
  readonly target: string;
  readonly start?: string;
  readonly keepOutput?: boolean;
}

export function exportCommand(program: Command, terminal: Terminal): void {
  withModel(
    program
      .command('export')
      .argument('<MODEL>', 'an ONNX file, or default for the bundled network'),
  )
    .requiredOption('--method <ID>', 'one method, with parameters behind a colon')
    .requiredOption('--out <FILE.onnx>', 'the explainer')
    .option('--patterns <FILE>', 'patterns, for pattern-net and pattern-attribution')
    .option('--target <TARGET>', 'top, or LAYER/CHANNEL to explain neurons of a layer', 'top')
    .option(
      '--start <START>',
      'what relevance starts from: one or value (default: as the method says)',
    )
    .option('--keep-output', 'explain the output behind its final softmax or sigmoid')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens export default --method guided-backprop --out explainer.onnx',
    )
    .action(async (path: string, flags: Flags) => {
      const plugins = await openPlugins(flags.plugin);
      const [method, another] = parseMethods(flags.method, { plugins });
      if (another)
        throw new UsageError(
          '--method: an explainer holds one method. Export each to a file of its own.',
        );
      const target = parseTarget(flags.target);
      if (typeof target === 'number')
        throw new UsageError(
          '--target: the class is an input of the explainer. Leave it out, or name a neuron by LAYER/CHANNEL.',
        );
      const start = parseStart(flags.start);
      await checkWritable(flags.out);
      const { network } = await openModelOf(path, flags, []);
      const patterns =
        flags.patterns === undefined ? undefined : await openPatterns(flags.patterns);
      const neuron = target === 'top' ? undefined : (target as LayerTarget);
      const options = {
        method: asChoice(method!),
        patterns,
        start,
        keepOutput: flags.keepOutput === true,
        plugins,
      };
      checkMethod(network, { ...options, target });
      const { writeOnnxFiles } = await import('@patternlens/adapter-onnx');
      const dataFile = `${flags.out}.data`;
      const { model, data } = writeOnnxFiles(
        traceMethod(network, { ...options, layer: neuron?.layer }),
        basename(dataFile),
        { channel: neuron?.channel },
      );
      if (data) await writePieces(dataFile, data);
      await writePieces(flags.out, [model]);
      terminal.say(
        `${method!.id} as an explainer: ${flags.out}${data ? ` with its weights in ${dataFile}` : ''}`,
      );
    });
}
