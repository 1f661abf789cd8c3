import type { ExplanationWarning } from '@patternlens/core';
import type { MethodEntry, SampleEntry } from './explained-samples.js';
import { samplesTable } from './samples-table.js';

const sample = (index: number, warnings: readonly ExplanationWarning[] = []): SampleEntry => ({
  source: 'a.npy',
  index,
  target: 3,
  label: null,
  output: 1.25,
  start: 1.25,
  exponent: 0,
  sum: 1,
  warnings,
  files: { npy: 'a.npy', png: null },
});
const entry = (
  method: string,
  samples: readonly SampleEntry[],
  parameters: MethodEntry['parameters'] = {},
): MethodEntry => ({
  model: 'm.onnx',
  preprocessing: null,
  method,
  parameters,
  backend: 'reference',
  samples,
});
const far: ExplanationWarning = { code: 'sum-off-start', value: 1e6, text: 'It is far off.' };

test('marks the samples that a method tells something of, and tells it beneath', () => {
  const lines = samplesTable([
    entry('lrp-0', [sample(0), sample(1)]),
    entry('pattern-attribution', [sample(0), sample(1, [far])]),
  ]).split('\n');
  expect(lines).toHaveLength(5);
  expect(lines.map((line) => line.endsWith(' *'))).toEqual([false, false, false, true, false]);
  expect(lines[4]).toBe('* pattern-attribution, 1 of 2 samples: It is far off.');
});

test('has no place for marks where nothing is told', () => {
  const lines = samplesTable([entry('lrp-0', [sample(0)])]).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/output$/);
});

test('tells the parameters in which methods of one id differ', () => {
  const lines = samplesTable([
    entry('pattern-net', [sample(0, [far])], { estimator: 'linear', add: 'copy' }),
    entry('pattern-net', [sample(0, [far])], { estimator: 'linear', add: 'share' }),
  ]).split('\n');
  expect(lines.slice(3)).toEqual([
    '* pattern-net:add=copy: It is far off.',
    '* pattern-net:add=share: It is far off.',
  ]);
});
