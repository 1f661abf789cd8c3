import type { ExplanationWarning } from '@patternlens/core';
import { warningLines, warningTexts } from './warning-lines.js';

const far = (value: number): ExplanationWarning => ({
  code: 'sum-off-start',
  value,
  text: `${value} times.`,
});
const loss = (layer: string): ExplanationWarning => ({
  code: 'conservation-loss',
  layer,
  text: `Lost in ${layer}.`,
});

describe('warningLines', () => {
  it('tells a kind once, in the words of the first sample that has it, with how many have it', () => {
    const warnings = [[], [far(200), loss('a')], [far(300), loss('b')], [loss('b')]];
    expect(warningLines([{ name: 'A', warnings }])).toEqual([
      'A, 2 of 4 samples: 200 times.',
      'A, 1 of 4 samples: Lost in a.',
      'A, 2 of 4 samples: Lost in b.',
    ]);
  });

  it('tells each method apart, and counts nothing where there is one sample', () => {
    expect(
      warningLines([
        { name: 'A', warnings: [[far(200)]] },
        { name: 'B', warnings: [[]] },
        { name: 'C', warnings: [[far(300)]] },
      ]),
    ).toEqual(['A: 200 times.', 'C: 300 times.']);
  });

  it('names three layers of a kind and counts the others', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map(loss);
    const few = ['Lost in a.', 'Lost in b.', 'Lost in c.'];
    expect(warningTexts([far(2), ...many])).toEqual([
      '2 times.',
      ...few,
      'The same of 2 more layers.',
    ]);
    expect(warningLines([{ name: 'A', warnings: [many.slice(0, 4)] }])).toEqual([
      ...few.map((line) => `A: ${line}`),
      'A: The same of 1 more layer.',
    ]);
  });
});
