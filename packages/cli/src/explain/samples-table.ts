import { warningLines } from '@patternlens/heatmap';
import { shortTable } from '../output/short-table.js';
import type { MethodEntry } from './explained-samples.js';

/** Marks samples that something is told of. */
const MARK = '*';

/** What was explained, sample by sample, which is the same for all methods; samples that a method has something to tell of are marked, and it is told beneath. */
export function samplesTable(entries: readonly MethodEntry[]): string {
  const told = (at: number): boolean =>
    entries.some(({ samples }) => samples[at]!.warnings.length > 0);
  const rows = entries[0]!.samples.map((sample, at) => ({ sample, mark: told(at) ? MARK : '' }));
  const isTold = rows.some(({ mark }) => mark !== '');
  const table = shortTable(
    ['source', 'index', 'target', 'label', 'output', ...(isTold ? [''] : [])],
    rows,
    ({ sample: { source, index, target, label, output }, mark }) => [
      typeof source === 'string' ? source : Object.values(source).join(' '),
      String(index),
      typeof target === 'number'
        ? String(target)
        : `${target.layer}/${target.channel} at ${target.position.join(', ')}`,
      label ?? '',
      output.toPrecision(5),
      ...(isTold ? [mark] : []),
    ],
  );
  const lines = warningLines(
    entries.map(({ method, samples }) => ({
      name: method,
      warnings: samples.map(({ warnings }) => warnings),
    })),
  );
  return [table, ...lines.map((line) => `${MARK} ${line}`)].join('\n');
}
