import { METHODS, PatternLensError } from '@patternlens/core';
import { parseMethods } from './parse-methods.js';

const needsPatterns = (id: string): never => {
  throw new PatternLensError('core', 'missing-pattern', `${id}: it needs patterns.`, {
    method: id,
  });
};

test('all leaves out what cannot be done, each by name with the reason, and goes on', () => {
  const said: string[] = [];
  const methods = parseMethods('all', {
    methods: METHODS,
    check: ({ id, needsPatterns: needs }) => {
      if (needs) needsPatterns(id);
      if (id === 'lrp-gamma')
        throw new PatternLensError('core', 'unsupported-layer', `${id}: no rule.`, { method: id });
    },
    say: (line) => said.push(line),
  });
  const left = [
    'lrp-gamma',
    ...['lrp-z-box', 'epsilon-gamma-box'],
    ...['pattern-net', 'pattern-attribution'],
  ];
  expect(methods.map(({ id }) => id)).toEqual(
    METHODS.map(({ id }) => id).filter((id) => !left.includes(id)),
  );
  expect(said.sort()).toEqual([
    'left out lrp-gamma: no rule.',
    'left out lrp-z-box and epsilon-gamma-box: nothing tells what the inputs lie between. Name them with low and high, as in lrp-z-box:low=-1,high=1.',
    'left out pattern-net and pattern-attribution: they need patterns.',
  ]);
});

test('what is wrong with every method is an error, not a reason to leave all out', () => {
  const wrongTarget = new PatternLensError('core', 'invalid-argument', 'class 9: there are 4.');
  expect(() =>
    parseMethods('all', {
      methods: METHODS,
      check: () => {
        throw wrongTarget;
      },
    }),
  ).toThrow(wrongTarget);
  expect(() =>
    parseMethods('all', { methods: METHODS, check: ({ id }) => needsPatterns(id) }),
  ).toThrow('gradient: it needs patterns.');
});
