import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../testing/scratch.js';
import { stageInto } from './staging.js';
import { writeWhole } from './write-whole.js';

const folder = scratch();
const place = (name: string): string => join(folder, name);

const broken = function* (): Iterable<Uint8Array> {
  yield new Uint8Array(3);
  throw new Error('no more');
};

test('files appear together, and nothing else stays', async () => {
  {
    await using staging = await stageInto(place('together'));
    await staging.write('a.txt', 'one');
    await staging.write('b.bin', [new Uint8Array([1]), new Uint8Array([2, 3])]);
    expect(readdirSync(place('together'))).toHaveLength(1);
    await staging.commit();
    expect(readdirSync(place('together')).sort()).toEqual(['a.txt', 'b.bin']);
  }
  expect(readFileSync(place('together/a.txt'), 'utf8')).toBe('one');
  expect([...readFileSync(place('together/b.bin'))]).toEqual([1, 2, 3]);
});

test('files that are not committed are gone', async () => {
  {
    await using staging = await stageInto(place('given up'));
    await staging.write('a.txt', 'one');
  }
  expect(readdirSync(place('given up'))).toEqual([]);
});

test('a file that cannot be written is named by where it belongs', async () => {
  await using staging = await stageInto(place('named'));
  await expect(staging.write('missing/a.txt', 'one')).rejects.toMatchObject({
    code: 'write-failed',
    subject: { file: place('named/missing/a.txt') },
  });
});

test('a folder that cannot be made leaves nothing', async () => {
  await writeWhole(place('file'), 'a file');
  const kept = process.listenerCount('exit');
  await expect(stageInto(place('file'))).rejects.toMatchObject({ code: 'write-failed' });
  expect(process.listenerCount('exit')).toBe(kept);
});

test('a file is there whole or not at all', async () => {
  mkdirSync(place('whole'));
  const path = place('whole/a.bin');
  await writeWhole(path, [new Uint8Array([7])]);
  await expect(writeWhole(path, broken())).rejects.toMatchObject({
    code: 'write-failed',
    subject: { file: path },
  });
  expect(readdirSync(place('whole'))).toEqual(['a.bin']);
  expect([...readFileSync(path)]).toEqual([7]);
});
