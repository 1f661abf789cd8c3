import { mergePatterns, writePatterns } from '@patternlens/core';
import { required } from '../arguments/option.js';
import { PATTERN_FILES } from '../arguments/positional.js';
import { PLUGIN_OPTIONS } from '../arguments/shared-options.js';
import { UsageError } from '../arguments/usage-error.js';
import { diskFile, openPatterns } from '@patternlens/explain/node';
import { checkWritable } from '../output/check-writable.js';
import { counted } from '../output/counted.js';
import { writeWhole } from '../output/write-whole.js';
import { defineCommand } from './command.js';

export const merge = defineCommand({
  takes: [PATTERN_FILES],
  options: {
    ...PLUGIN_OPTIONS,
    out: required('--out <FILE.safetensors>', 'the joined pattern file'),
  },
  examples: [
    'patternlens fit default --data generated --limit 2000 --shard 1/2 --out one.safetensors',
    'patternlens fit default --data generated --limit 2000 --shard 2/2 --out two.safetensors',
    'patternlens merge one.safetensors two.safetensors --out both.safetensors',
  ],
  run: async (run, files) => {
    const { out } = run.options;
    if (files.length < 2) throw new UsageError('merge: name at least two pattern files.');
    const { plugins } = await run.plugins();
    await checkWritable(out);
    const sets = [];
    for (const file of files) sets.push(await openPatterns(diskFile(file)));
    const merged = await mergePatterns(sets, {
      plugins,
      names: files.map((file) => `"${file}"`),
    });
    await writeWhole(out, writePatterns(merged));
    run.say(
      `patterns of ${counted(merged.layers.size, 'layer')} from ${counted(merged.samples, 'sample')}: ${out}`,
    );
  },
});
