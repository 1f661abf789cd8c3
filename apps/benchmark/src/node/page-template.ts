import { readFile } from 'node:fs/promises';

/** The page that was built, beside the code that was. */
const BUILT = new URL('../../dist/page/index.html', import.meta.url);

/** What shows a report where the page was not built: its data alone. */
const PLAIN = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>PatternLens benchmark</title>
  <p>The page was not built: these are the report's data.</p>
  <pre></pre>
  <script id="report-data" type="application/json">null</script>
  <script>
    document.querySelector('pre').textContent = JSON.stringify(
      JSON.parse(document.getElementById('report-data').textContent),
      null,
      2,
    );
  </script>
</html>
`;

/** The page that shows a report, without one. */
export const pageTemplate = (): Promise<string> =>
  readFile(BUILT, 'utf8').catch((cause: unknown) => {
    if ((cause as { code?: string }).code !== 'ENOENT') throw cause;
    return PLAIN;
  });
