import { uniforms } from '@patternlens/core/tensor';
import { select } from './select.js';

const SIZE = 20_000;

/** The values, and how often any of them was looked at. */
function watched(values: Float64Array) {
  const counted = { reads: 0 };
  const proxy = new Proxy(values, {
    get: (target, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) counted.reads++;
      return Reflect.get(target, key) as unknown;
    },
    set: (target, key, value) => Reflect.set(target, key, value),
  });
  return { proxy, counted };
}

const draw = uniforms(1);

test.each<[string, (at: number) => number]>([
  ['random', draw],
  ['sorted', (at) => at],
  ['reversed', (at) => -at],
  ['constant', () => 1],
])('%s values are looked at a few times each', (_name, fill) => {
  const values = Float64Array.from({ length: SIZE }, (_, at) => fill(at));
  for (const index of [0, SIZE >> 1, Math.floor(0.995 * SIZE), SIZE - 1]) {
    const expected = values.toSorted()[index];
    const { proxy, counted } = watched(values.slice());
    expect(select(proxy, index)).toBe(expected);
    expect(counted.reads).toBeLessThan(12 * SIZE);
  }
});
