import { conformanceCases, runConformance, type CaseResult } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import { failureOf } from '../engine/failure.js';
import type { Failure } from '../report/benchmark-report.js';
import type { BrowserBackendId } from './backend-ids.js';
import { BROWSER_LACKS } from './browser-lacks.js';
import { explainFailure } from './explain-failure.js';
import { openBrowserBackend } from './open-browser-backend.js';
import { thinCases } from './thin-cases.js';

/** What became of a backend in this page so far. */
export interface ConformanceOutcome {
  /** Nothing more comes. */
  readonly done: boolean;
  /** Cases that there are; fewer are run where the page's address says so. */
  readonly cases: number;
  readonly results: readonly CaseResult[];
  /** Why there are no results, or no more. */
  readonly failure?: Failure | undefined;
}

declare global {
  var conformance: ConformanceOutcome | undefined;
}

/** Runs cases on a backend; where it breaks down, what was found before it is kept. */
async function run(id: BrowserBackendId, each: number): Promise<void> {
  const results: CaseResult[] = [];
  const outcome = { done: false, cases: conformanceCases.length, results };
  const said = document.querySelector('output')!;
  globalThis.conformance = outcome;
  try {
    const { backend } = await openBrowserBackend(id);
    await runConformance(backend, referenceBackend(), {
      cases: thinCases(conformanceCases, each),
      lacks: BROWSER_LACKS[id],
      onResult: async (result) => {
        results.push(result);
        said.value = `${id}: ${results.length} cases; last: ${result.case}`;
        // The page is drawn, and asked, now and then.
        if (results.length % 20 === 0) await new Promise((done) => setTimeout(done));
      },
    });
    globalThis.conformance = { ...outcome, done: true };
  } catch (thrown) {
    const failure = explainFailure(id, failureOf(thrown));
    globalThis.conformance = { ...outcome, done: true, failure };
  }
}

const asked = new URLSearchParams(location.search);
await run(asked.get('backend') as BrowserBackendId, Number(asked.get('each') ?? Infinity));
