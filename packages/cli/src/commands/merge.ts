import { mergePatterns, PatternLensError, writePatterns } from '@patternlens/core';
import type { Command } from 'commander';
import { UsageError } from '../arguments/usage-error.js';
import { openPatterns } from '../models/open-patterns.js';
import { checkWritable } from '../output/check-writable.js';
import { counted } from '../output/counted.js';
import type { Terminal } from '../output/terminal.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { writePieces } from '../output/write-pieces.js';
import { withPlugins } from './shared-options.js';

export function mergeCommand(program: Command, terminal: Terminal): void {
  withPlugins(program.command('merge').argument('<FILE...>', 'pattern files of one network'))
    .requiredOption('--out <FILE.safetensors>', 'the joined pattern file')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens fit default --data generated --limit 2000 --shard 1/2 --out one.safetensors\n  patternlens fit default --data generated --limit 2000 --shard 2/2 --out two.safetensors\n  patternlens merge one.safetensors two.safetensors --out both.safetensors',
    )
    .action(async (files: string[], flags: { out: string; plugin?: string[] }) => {
      if (files.length < 2) throw new UsageError('merge: name at least two pattern files.');
      const plugins = await openPlugins(flags.plugin);
      await checkWritable(flags.out);
      const sets = [];
      for (const file of files) sets.push(await openPatterns(file));
      const merged = await mergePatterns(sets, { plugins }).catch((cause: unknown) => {
        if (!(cause instanceof PatternLensError)) throw cause;
        throw new PatternLensError(
          'cli',
          cause.code,
          cause.message.replace(
            /the patterns at place (\d+)/,
            (_, place) => `"${files[Number(place) - 1]!}": its patterns`,
          ),
          cause.subject,
          cause,
        );
      });
      await writePieces(flags.out, writePatterns(merged));
      terminal.say(
        `patterns of ${counted(merged.layers.size, 'layer')} from ${counted(merged.samples, 'sample')}: ${flags.out}`,
      );
    });
}
