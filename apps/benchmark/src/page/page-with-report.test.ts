import { sampleReport } from '../testing/sample-report.js';
import { pageWithReport } from './page-with-report.js';

const PAGE = '<p>$&</p><script id="report-data" type="application/json">\n  null\n</script><p></p>';

describe('a page with a report', () => {
  test('holds the report, whatever texts it has', () => {
    const report = { ...sampleReport(), patternlens: '</script><script>alert(1)</script><!--$1' };
    const page = pageWithReport(PAGE, report);
    const [, json] = /application\/json">(.*)<\/script><p><\/p>$/s.exec(page)!;
    expect(json).not.toContain('<');
    expect(JSON.parse(json!)).toEqual(JSON.parse(JSON.stringify(report)));
    expect(page.startsWith('<p>$&</p><script id')).toBe(true);
  });

  test('needs a place for it', () => {
    expect(() => pageWithReport('<p></p>', null)).toThrow(
      'expected a place for a report, got none',
    );
  });
});
