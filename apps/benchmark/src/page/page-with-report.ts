import { PatternLensError } from '@patternlens/core';
import type { BenchmarkReport } from '../report/benchmark-report.js';

const PLACE = /(<script id="report-data" type="application\/json">)\s*null\s*(?=<\/script>)/;

/** The built page (`dist/page/index.html`) with a report in it, as the text of one HTML file.
 * @throws PatternLensError `invalid-file` where the page has no place for a report. */
export function pageWithReport(page: string, report: BenchmarkReport | null): string {
  if (!PLACE.test(page)) {
    throw new PatternLensError(
      'benchmark',
      'invalid-file',
      'report page: expected a place for a report, got none. Build the page anew with `npm run build`.',
    );
  }
  // A text in the report could end the script element.
  const json = JSON.stringify(report).replaceAll('<', '\\u003c');
  return page.replace(PLACE, (_, opening: string) => opening + json);
}
