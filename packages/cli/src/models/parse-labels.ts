import { PatternLensError, type Network } from '@patternlens/core';

/** Class names of a file, one a line; empty lines at its end count for nothing.
 * @throws PatternLensError `invalid-file` where they are not as many as the network has classes: names that are off by one are worse than none. */
export function parseLabels(text: string, path: string, network: Network): string[] {
  const labels = text.trimEnd().split(/\r?\n/);
  const classes = network.shapes
    .get(network.outputs[0]!)!
    .slice(1)
    .reduce<number>((total, size) => total * (size as number), 1);
  if (labels.length === classes) return labels;
  throw new PatternLensError(
    'cli',
    'invalid-file',
    `"${path}": expected a name for each of the network's ${classes} classes, one a line, got ${labels.length}. Correct the file, or name another with --labels.`,
    { file: path },
  );
}
