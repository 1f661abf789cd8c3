import { bytesSource, PatternLensError } from '@patternlens/core';
import { readBytes } from './read-bytes.js';

const bytes = Uint8Array.from([1, 2, 3, 4, 5]);

test('a source over memory reads anywhere', async () => {
  const source = bytesSource(bytes);
  expect(source.size).toBe(5);
  expect([...(await source.read(1, 3))]).toEqual([2, 3, 4]);
});

test('bytes beyond the end are a file that is cut off', async () => {
  const reading = readBytes('a.npy', bytesSource(bytes), 3, 3);
  await expect(reading).rejects.toMatchObject({ code: 'invalid-file', subject: { file: 'a.npy' } });
  await expect(reading).rejects.toThrow('"a.npy": expected 6 bytes or more, got 5.');
});

test('what a source throws becomes a sentence, with its cause', async () => {
  const cause = new Error('EIO: i/o error');
  const source = { size: 9, read: () => Promise.reject(cause) };
  await expect(readBytes('a.npy', source, 0, 4)).rejects.toMatchObject({
    code: 'invalid-file',
    cause,
  });
  const cancelled = new PatternLensError('data', 'cancelled', 'stopped');
  await expect(
    readBytes('a.npy', { size: 9, read: () => Promise.reject(cancelled) }, 0, 4),
  ).rejects.toBe(cancelled);
});

test('a source that gives less than asked for is noticed', async () => {
  const source = { size: 9, read: () => Promise.resolve(bytes) };
  await expect(readBytes('a.npy', source, 0, 9)).rejects.toThrow('got 5 of 9 bytes');
});
