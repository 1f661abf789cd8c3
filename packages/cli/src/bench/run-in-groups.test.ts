import { tensor, type TensorRecord } from '@patternlens/core';
import { runInGroups } from './run-in-groups.js';

test('a file that fixes its batch is run in groups of it, the last filled up with its last sample', async () => {
  const seen: TensorRecord[] = [];
  const plain = {
    run: (inputs: TensorRecord): Promise<TensorRecord> => {
      seen.push(inputs);
      return Promise.resolve(inputs);
    },
  };
  const inputs = { x: tensor([1, 2, 3, 4, 5, 6], [3, 2]) };
  const network = { inputs: [{ name: 'x', shape: [{ batch: 1 }, 2], batchAxis: 1 }] };
  await runInGroups({ ...network, fixedBatch: 2 }, plain, inputs);
  expect(seen.map(({ x }) => [x!.shape, Array.from(x!.data)])).toEqual([
    [
      [2, 2],
      [1, 3, 2, 4],
    ],
    [
      [2, 2],
      [5, 5, 6, 6],
    ],
  ]);
  expect(await runInGroups(network, plain, inputs)).toHaveLength(1);
});
