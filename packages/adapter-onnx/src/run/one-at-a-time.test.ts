import { oneAtATime } from './one-at-a-time.js';

test('what is begun with one runtime waits for what was begun before, also where that failed', async () => {
  const runtime = {};
  const said: string[] = [];
  const work = (name: string, fails = false) =>
    oneAtATime(runtime, async () => {
      said.push(`${name} begins`);
      await new Promise((done) => setImmediate(done));
      said.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const results = await Promise.allSettled([work('a', true), work('b'), work('c')]);
  expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});

test('other runtimes do not wait', async () => {
  let finish = (): void => undefined;
  const slow = oneAtATime({}, () => new Promise<void>((done) => (finish = done)));
  expect(await oneAtATime({}, () => Promise.resolve(7))).toBe(7);
  finish();
  await slow;
});
