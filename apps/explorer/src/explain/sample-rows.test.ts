import type { SampleSet } from '../state/samples.js';
import { samplesInSight } from './sample-rows.js';

const set = (count: number): SampleSet => ({
  ...{ key: String(count), source: 'x.npy', stem: 'x', single: false, count },
  nameOf: String,
  read: () => Promise.reject(new Error('not read here')),
});
const gallery = { columns: 4, rowHeight: 50, headHeight: 20, top: 0, height: 200 };

describe('samples in sight', () => {
  test('are all of them while they are few', () => {
    const [shown] = samplesInSight([set(100)], { ...gallery, top: 1000 });
    expect([shown!.rowsBefore, shown!.indices.length, shown!.rowsBehind]).toEqual([0, 100, 0]);
  });

  test('are those near the place that is scrolled to, in whole rows', () => {
    const [few, many] = samplesInSight([set(8), set(10_001)], { ...gallery, top: 5140 });
    // Two heads of 20 and two rows of 50 stand before the second set's rows: it begins at 140.
    expect(few!.indices).toEqual([]);
    expect(many!.rowsBefore).toBe((5140 - 200 - 140) / 50);
    expect(many!.indices[0]).toBe(96 * 4);
    expect(many!.indices).toHaveLength(((5140 + 400 - 140) / 50 - 96) * 4);
    // 10,001 samples are 2,501 rows.
    expect(many!.rowsBefore + many!.indices.length / 4 + many!.rowsBehind).toBe(2501);
  });

  test('end with the last sample', () => {
    const [shown] = samplesInSight([set(10_001)], { ...gallery, top: 125_000 });
    expect(shown!.indices.at(-1)).toBe(10_000);
    expect(shown!.rowsBehind).toBe(0);
  });
});
