import { PatternLensError } from '@patternlens/core';
import { EXIT } from './exit.js';
import { reportError } from './report-error.js';

function reported(thrown: unknown): { code: number; said: string[] } {
  const said: string[] = [];
  const code = reportError(thrown, false, (line) => said.push(line));
  return { code, said };
}

const wrong = new PatternLensError('core', 'invalid-file', 'it is cut.', { about: 'model' });

test('an error of ours is said without the package that it is of', () => {
  expect(reported(wrong)).toEqual({
    code: EXIT.unusable,
    said: ['patternlens: model: it is cut.'],
  });
});

/** As `await using` throws it where the language has none of its own. */
const suppressing = (suppressed: unknown): Error =>
  Object.assign(new Error('An error was suppressed during disposal.'), {
    name: 'SuppressedError',
    error: new Error('it stays open'),
    suppressed,
  });

test('what went wrong first is said where closing fails as well', () => {
  expect(reported(suppressing(wrong))).toEqual(reported(wrong));
  expect(reported(suppressing(suppressing(wrong)))).toEqual(reported(wrong));
});
