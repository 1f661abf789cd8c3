import type { CaseResult } from '../run/case-result.js';
import { supportColumn } from './support-column.js';
import { supportReport } from './support-report.js';

const result = (changes: Partial<CaseResult>): CaseResult => ({
  case: 'a case',
  group: 'primitive',
  subject: 'conv',
  status: 'passed',
  ...changes,
});

const one = supportColumn({
  backend: 'onnx:node',
  host: 'Node',
  results: [
    result({ distance: 1e-7 }),
    result({}),
    result({ group: 'method', subject: 'lrp-0', status: 'failed', message: 'too far' }),
  ],
});
const two = supportColumn({
  backend: 'tfjs:wasm',
  host: 'Chromium',
  results: [
    result({}),
    result({ status: 'lacking', message: 'there is no kernel | yet' }),
    result({ status: 'lacking', message: 'there is no kernel | yet' }),
  ],
});

test('a run in short counts by subject, with each reason once', () => {
  expect(two.cells).toEqual([
    {
      group: 'primitive',
      subject: 'conv',
      passed: 1,
      of: 3,
      failed: 0,
      reasons: ['there is no kernel | yet'],
    },
  ]);
});

test('the report has a row a subject, a column a run, and the reasons below', () => {
  const lines = supportReport([one, two]).split('\n');
  expect(lines).toContain('|  | onnx:node, Node | tfjs:wasm, Chromium |');
  expect(lines).toContain('| conv | 2 of 2 | 1 of 3 |');
  expect(lines).toContain('| lrp-0 | 0 of 1, **1 failed** | not run |');
  expect(lines).toContain('- tfjs:wasm, Chromium, conv: there is no kernel | yet');
  expect(lines).not.toContain('## Fitting');
});
