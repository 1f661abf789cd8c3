import { OpenedThings } from './opened-things.js';

test('what was opened is closed, the last first, each before the next', async () => {
  const closed: string[] = [];
  {
    await using opened = new OpenedThings();
    opened.add(() => void closed.push('first'));
    opened.add(async () => {
      await Promise.resolve();
      closed.push('second');
    });
    opened.add(() => void closed.push('third'));
    expect(closed).toEqual([]);
  }
  expect(closed).toEqual(['third', 'second', 'first']);
});

test('each is closed, whatever befalls the others; the first failure is told', async () => {
  const closed: string[] = [];
  const opened = new OpenedThings();
  opened.add(() => void closed.push('first'));
  opened.add(() => Promise.reject(new Error('second')));
  opened.add(() => {
    throw new Error('third');
  });
  await expect(opened[Symbol.asyncDispose]()).rejects.toThrow('third');
  expect(closed).toEqual(['first']);
});

test('nothing is closed twice', async () => {
  let closed = 0;
  const opened = new OpenedThings();
  opened.add(() => {
    closed++;
  });
  await opened[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
  expect(closed).toBe(1);
});
