import { rm } from 'node:fs/promises';
import {
  neuronLayout,
  readSafetensors,
  writeSafetensors,
  type MomentsStore,
  type NeuronRange,
} from '@patternlens/core';
import { fileSource } from '../sources/file-bytes.js';
import { plain } from '../explain/file-names.js';
import { writePieces } from '../output/write-pieces.js';
import { momentsEntries, readMoments } from './checkpoint-file.js';

/** Moments of finished passes as files beside the result, so that no more than one pass is held. */
export function momentsFiles(out: string): MomentsStore & { readonly remove: () => Promise<void> } {
  const pathOf = ({ layer, from }: NeuronRange): string =>
    `${out}.partial.${plain(layer.name)}.${from}`;
  const written = new Set<string>();
  return {
    put: async (range, moments) => {
      const path = pathOf(range);
      written.add(path);
      await writePieces(
        path,
        writeSafetensors({ count: String(moments.count) }, momentsEntries('moments', moments)),
      );
    },
    get: async (range) => {
      const path = pathOf(range);
      written.add(path);
      const file = await readSafetensors(await fileSource(path));
      const { inputs, groups } = neuronLayout(range.layer);
      return readMoments(
        file,
        path,
        'moments',
        { inputs, groups, neurons: groups * (range.to - range.from) },
        Number(file.metadata['count']),
      );
    },
    remove: async () => {
      for (const path of written) await rm(path, { force: true });
    },
  };
}
