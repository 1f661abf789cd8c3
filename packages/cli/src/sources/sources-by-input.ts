import type { Network } from '@patternlens/core';
import type { SourceValues } from '../arguments/shared-options.js';
import { UsageError } from '../arguments/usage-error.js';

/** Sources by input name, from what was typed: plain sources for a network of one input, `--input` for several. Those of inputs that what is explained does not
 * depend on are left aside.
 * @throws UsageError where an input has none, or a source no input. */
export function sourcesByInput(
  network: Network,
  sources: readonly string[],
  input: SourceValues['input'] = {},
): ReadonlyMap<string, readonly string[]> {
  const names = network.inputs.map(({ name }) => name);
  if (Object.keys(input).length === 0) {
    if (sources.length === 0)
      throw new UsageError(
        'there is nothing to read: name a folder of images, image files, an array file, or generated.',
      );
    if (names.length > 1)
      throw new UsageError(
        `the network has ${names.length} inputs (${names.join(', ')}): give each its source with --input NAME=SOURCE.`,
      );
    return new Map([[names[0]!, sources]]);
  }
  if (sources.length > 0)
    throw new UsageError('give either sources or --input NAME=SOURCE, not both.');
  const { unusedInputs = [] } = network;
  const unknown = Object.keys(input).find(
    (name) => !names.includes(name) && !unusedInputs.includes(name),
  );
  if (unknown !== undefined)
    throw new UsageError(
      `--input: the network has no input "${unknown}". Its inputs: ${names.join(', ')}.`,
    );
  const missing = names.find((name) => input[name] === undefined);
  if (missing !== undefined)
    throw new UsageError(
      `--input: the network's input "${missing}" has no source. Add --input ${missing}=SOURCE.`,
    );
  return new Map(names.map((name) => [name, [input[name]!]]));
}
