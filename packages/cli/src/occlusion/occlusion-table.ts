import { shortTable } from '../output/short-table.js';
import type { OcclusionEntry } from './run-occlusion.js';

const HEADINGS = ['source', 'index', 'class', 'probability', 'feature map', 'activation'];

/** What was seen of each sample without the square. */
export const occlusionTable = (entries: readonly OcclusionEntry[]): string =>
  shortTable(HEADINGS, entries, ({ source, index, target, label, channel, whole }) => [
    source,
    String(index),
    label ?? String(target),
    whole.probability.toPrecision(4),
    String(channel),
    whole.activation.toPrecision(5),
  ]);
