import { existsSync, rmSync } from 'node:fs';
import { neuronLayout } from '@patternlens/core/network';
import {
  momentsEntries,
  readMoments,
  readSafetensors,
  writeSafetensors,
  type MomentsStore,
  type NeuronRange,
} from '@patternlens/core/patterns';
import { plainFileName } from '@patternlens/data';
import { fileSource } from '@patternlens/explain/node';
import { writeWhole } from '../output/write-whole.js';
import { checkpointPath } from './checkpoint-file.js';

/** Moments of finished passes as files beside the result, so that no more than one pass is held. They stay behind for as long as there is a
 * checkpoint that goes on from them. */
export function momentsFiles(out: string): MomentsStore & Disposable {
  const pathOf = ({ layer, from }: NeuronRange): string =>
    `${out}.partial.${plainFileName(layer.name)}.${from}`;
  const written = new Set<string>();
  const remove = (): void => {
    if (!existsSync(checkpointPath(out))) for (const path of written) rmSync(path, { force: true });
  };
  process.on('exit', remove);
  return {
    put: async (range, moments) => {
      const path = pathOf(range);
      written.add(path);
      await writeWhole(
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
    [Symbol.dispose]: () => {
      remove();
      process.off('exit', remove);
    },
  };
}
