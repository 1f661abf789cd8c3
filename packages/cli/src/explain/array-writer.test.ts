import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, tensor } from '@patternlens/core';
import { openArray } from '@patternlens/data';
import { samplesFirst } from '@patternlens/explain/node';
import { ArrayWriter } from './array-writer.js';

test('rows of a model whose batch is at axis 1 are written in its own layout, and read back as samples', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rows-'));
  try {
    const path = join(folder, 'state.npy');
    const rows = [0, 1, 2].map((n) => tensor([10 * n, 10 * n + 1, 10 * n + 2, 10 * n + 3], [2, 2]));
    {
      await using writer = await ArrayWriter.start(path, 3, [2, 2], 1);
      for (const row of rows) await writer.append(row);
    }
    const array = await openArray(path, bytesSource(await readFile(path)));
    expect([array.count, array.shape]).toEqual([2, [3, 2]]);
    const { data } = await array.read(0, 2);
    expect(Array.from(data)).toEqual([0, 1, 10, 11, 20, 21, 2, 3, 12, 13, 22, 23]);
    const samples = await samplesFirst(array, 1);
    expect([samples.count, samples.shape]).toEqual([3, [2, 2]]);
    const last = await samples.read(1, 2);
    expect(last.shape).toEqual([2, 2, 2]);
    expect(Array.from(last.data)).toEqual([...rows[1]!.data, ...rows[2]!.data]);
    await expect(samplesFirst(array, 3)).rejects.toThrow('batch at axis 3');
  } finally {
    await rm(folder, { recursive: true });
  }
});
