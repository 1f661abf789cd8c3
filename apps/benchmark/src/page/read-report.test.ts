import { PatternLensError } from '@patternlens/core';
import { sampleReport } from '../testing/sample-report.js';
import { readReport } from './read-report.js';

/** The sample as JSON, with something else at a place. */
function changed(change: (report: Record<string, unknown>) => void): string {
  const copy = JSON.parse(JSON.stringify(sampleReport())) as Record<string, unknown>;
  change(copy);
  return JSON.stringify(copy);
}

interface Loose {
  networks: { backends: Record<string, unknown>[] }[];
}

describe('reading a report', () => {
  test('gives what was written', () => {
    const report = sampleReport();
    const text = JSON.stringify(report);
    expect(JSON.stringify(readReport(text))).toBe(text);
  });

  test('null is infinite again', () => {
    const text = JSON.stringify(sampleReport()).replace(
      /"equalGates":\{"relativeL2":[^,]+,/,
      '"equalGates":{"relativeL2":null,',
    );
    const [first] = readReport(text).networks[0]!.backends[0]!.methods;
    expect(first!.agreement!.equalGates.relativeL2).toBe(Infinity);
  });

  test('unknown fields are left out', () => {
    const text = changed((report) => {
      report['script'] = '<script>';
    });
    expect(readReport(text)).not.toHaveProperty('script');
  });

  test.each<readonly [string, string, string]>([
    ['cut JSON', '{"format":', 'expected JSON, got something else'],
    ['HTML', '<!doctype html>', 'expected JSON, got HTML or XML'],
    ['other JSON', '[1]', 'expected a report of a PatternLens benchmark, got other JSON'],
    [
      'a later version',
      changed((report) => {
        report['version'] = 2;
      }),
      'expected version 1, got 2. Open it with the page of the PatternLens that wrote it.',
    ],
    [
      'a missing field',
      changed((report) => {
        delete report['limit'];
      }),
      '[benchmark] report, limit: expected a number, got nothing.',
    ],
    [
      'a wrong type',
      changed((report) => {
        (report as unknown as Loose).networks[0]!.backends[2]!['methods'] = 'all';
      }),
      'networks[0].backends[2].methods: expected a list, got "all"',
    ],
    [
      'an unknown host',
      changed((report) => {
        (report as unknown as Loose).networks[0]!.backends[0]!['host'] = 'moon';
      }),
      'networks[0].backends[0].host: expected the id of a host, got "moon"',
    ],
    [
      'a map that is not filled',
      JSON.stringify(sampleReport()).replace('"height":28', '"height":27'),
      'expected a picture of 27x28 to have 2268 bytes, got 2352',
    ],
    [
      'a huge map',
      JSON.stringify(sampleReport()).replace('"height":28', '"height":99999999'),
      'expected 1 to 8192 pixels, got 99999999',
    ],
  ])('%s gets a sentence', (_, text, sentence) => {
    expect(() => readReport(text)).toThrow(sentence);
    expect(() => readReport(text)).toThrow(PatternLensError);
  });
});
