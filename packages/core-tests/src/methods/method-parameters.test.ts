import { type MethodChoice } from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';

test.each<[string, object, string[]]>([
  ['a box without bounds', { id: 'lrp-z-box' }, ['low and high', 'lrp-z-box:low=-1,high=1']],
  ['a box without one bound', { id: 'epsilon-gamma-box', low: 0 }, ['needs high']],
  ['bounds that meet', { id: 'lrp-z-box', low: 1, high: 1 }, ['low must be below high']],
  [
    'bounds that cross in one channel',
    { id: 'lrp-z-box', low: '-1/2/-1', high: 1 },
    ['low must be below high', '2 and 1'],
  ],
  [
    'bounds of two lengths',
    { id: 'lrp-z-box', low: [-1, -1], high: [1, 1, 1] },
    ['low holds 2 numbers and high 3'],
  ],
  ['bounds of an unbounded input', { id: 'deep-taylor', input: 'positive', low: 0 }, ['input=box']],
  ['a box for Deep Taylor without bounds', { id: 'deep-taylor', input: 'box' }, ['low and high']],
  [
    'alpha and beta that do not conserve',
    { id: 'lrp-alpha-beta', alpha: 2, beta: 2 },
    ['must be 1'],
  ],
  ['a bias that is treated otherwise', { id: 'lrp-0', bias: 'ignored' }, ['"ignore"']],
])('%s is refused', (_name, given, words) => {
  const method = given as MethodChoice;
  for (const word of words) expect(() => resolveMethod(method)).toThrow(word);
  expect(() => resolveMethod(method)).toThrow(
    expect.objectContaining({ code: 'invalid-argument' }) as Error,
  );
});

test.each<[string | object, object]>([
  ['lrp-alpha-beta', { alpha: 2, beta: 1, bias: 'include', gate: 'hold' }],
  [
    { id: 'lrp-alpha-beta', alpha: '3' },
    { alpha: 3, beta: 2, bias: 'include', gate: 'hold' },
  ],
  [
    { id: 'lrp-alpha-beta', beta: 0.5 },
    { alpha: 1.5, beta: 0.5, bias: 'include', gate: 'hold' },
  ],
  [
    { id: 'lrp-alpha-beta', alpha: 1.1, beta: 0.1 },
    { alpha: 1.1, beta: 0.1, bias: 'include', gate: 'hold' },
  ],
  ['deep-taylor', { input: 'unbounded', gate: 'hold' }],
  [
    { id: 'deep-taylor', low: '-1/-2', high: 3 },
    { input: 'box', low: [-1, -2], high: 3, gate: 'hold' },
  ],
])('what %j leaves open is filled in', (choice, parameters) => {
  expect(resolveMethod(choice as MethodChoice).parameters).toEqual(parameters);
});
