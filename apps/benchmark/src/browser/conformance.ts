import { runConformance, type CaseResult } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import { failureOf } from '../engine/failure.js';
import type { Failure } from '../report/benchmark-report.js';
import type { BrowserBackendId } from './backend-ids.js';
import { BROWSER_LACKS } from './browser-lacks.js';
import { explainFailure } from './explain-failure.js';
import { openBrowserBackend } from './open-browser-backend.js';

/** What became of a backend in this page. */
export interface ConformanceOutcome {
  readonly results: readonly CaseResult[];
  /** Why there are no results, or no more. */
  readonly failure?: Failure | undefined;
}

declare global {
  /** Set when the backend that the page's address names is done. */
  var conformance: ConformanceOutcome | undefined;
}

/** Runs all cases on a backend; where it breaks down, what was found before it is kept. */
async function run(id: BrowserBackendId): Promise<ConformanceOutcome> {
  const results: CaseResult[] = [];
  const said = document.querySelector('output')!;
  try {
    const { backend } = await openBrowserBackend(id);
    await runConformance(backend, referenceBackend(), {
      lacks: BROWSER_LACKS[id],
      onResult: async (result) => {
        results.push(result);
        const failed = results.filter(({ status }) => status === 'failed').length;
        said.value = `${id}: ${results.length} cases, ${failed} failed; last: ${result.case}`;
        // The page is drawn, and asked, now and then.
        if (results.length % 20 === 0) await new Promise((done) => setTimeout(done));
      },
    });
    return { results };
  } catch (thrown) {
    return { results, failure: explainFailure(id, failureOf(thrown)) };
  }
}

const id = new URLSearchParams(location.search).get('backend') as BrowserBackendId;
globalThis.conformance = await run(id);
