import { shortTable } from '../output/short-table.js';
import type { SampleEntry } from './explained-samples.js';

/** What was explained, sample by sample; it is the same for all methods. */
export const samplesTable = (samples: readonly SampleEntry[]): string =>
  shortTable(['source', 'index', 'target', 'label', 'output'], samples, (sample) => {
    const { source, index, target, label, output } = sample;
    return [
      typeof source === 'string' ? source : Object.values(source).join(' '),
      String(index),
      typeof target === 'number'
        ? String(target)
        : 'layer' in target
          ? `${target.layer}/${target.channel} at ${target.position.join(', ')}`
          : `channel:${target.channel}`,
      label ?? '',
      output.toPrecision(5),
    ];
  });
