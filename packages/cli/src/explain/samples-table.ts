import type { MethodParameters } from '@patternlens/core';
import { warningLines } from '@patternlens/heatmap';
import { shortTable } from '../output/short-table.js';
import type { MethodEntry } from './explained-samples.js';

/** Marks samples that something is told of. */
const MARK = '*';

/** A method's id, with the parameters in which it differs from others of the same id. */
function nameOf(id: string, parameters: MethodParameters, entries: readonly MethodEntry[]): string {
  const same = entries.filter(({ method }) => method === id);
  const differing = Object.entries(parameters).filter(([name, value]) =>
    same.some((other) => String(other.parameters[name]) !== String(value)),
  );
  const listed = differing.map(([name, value]) => `${name}=${String(value)}`);
  return listed.length === 0 ? id : `${id}:${listed.join(',')}`;
}

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
        : 'layer' in target
          ? `${target.layer}/${target.channel} at ${target.position.join(', ')}`
          : `channel:${target.channel}`,
      label ?? '',
      output.toPrecision(5),
      ...(isTold ? [mark] : []),
    ],
  );
  const lines = warningLines(
    entries.map(({ method, parameters, samples }) => ({
      name: nameOf(method, parameters, entries),
      warnings: samples.map(({ warnings }) => warnings),
    })),
  );
  return [table, ...lines.map((line) => `${MARK} ${line}`)].join('\n');
}
