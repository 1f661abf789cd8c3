import type { BenchmarkReport } from './benchmark-report.js';

/** The id of the element of the page's template that a report is put into. */
export const REPORT_ELEMENT = 'report-data';

/** JSON that can stand in a script element: nothing in it ends the element, or begins a comment. */
export const scriptSafeJson = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');

/** A report as one page, from the page's template.
 * @throws Error where the template has no place for it. */
export function reportHtml(template: string, report: BenchmarkReport): string {
  const place = new RegExp(`(<script\\b[^>]*\\bid="?${REPORT_ELEMENT}"?[^>]*>)[^<]*(</script>)`);
  if (!place.test(template))
    throw new Error(`the page's template has no script element "${REPORT_ELEMENT}".`);
  return template.replace(
    place,
    (_, open: string, close: string) => `${open}${scriptSafeJson(report)}${close}`,
  );
}
