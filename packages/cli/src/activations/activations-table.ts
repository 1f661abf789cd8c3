import { shortTable } from '../output/short-table.js';
import type { ActivationsDocument } from './activations-document.js';

const HEADINGS = ['feature map', 'strongest', 'source', 'index', 'position'];

/** The strongest activation of each feature map. */
export const activationsTable = ({ channels }: ActivationsDocument): string =>
  shortTable(HEADINGS, channels, ({ channel, strongest }) => {
    const [first] = strongest;
    return first
      ? [
          String(channel),
          first.value.toPrecision(5),
          first.source,
          String(first.index),
          first.position.join(' '),
        ]
      : [String(channel), '-', 'no sample excites it', '-', ''];
  });
