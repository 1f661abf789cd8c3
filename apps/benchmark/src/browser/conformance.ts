import {
  conformanceCases,
  runConformance,
  type CaseGroup,
  type CaseResult,
} from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import { type BrowserBackendId, explainFailure, openBrowserBackend } from '@patternlens/page';
import { failureOf } from '../engine/failure.js';
import type { Failure } from '../report/benchmark-report.js';
import { BROWSER_LACKS } from './browser-lacks.js';
import { thinCases } from './thin-cases.js';

/** What became of a backend in this page so far. */
export interface ConformanceOutcome {
  /** Nothing more comes. */
  readonly done: boolean;
  /** Cases that are to be run: all, or those that the page's address says. */
  readonly cases: number;
  readonly results: readonly CaseResult[];
  /** Why there are no results, or no more. */
  readonly failure?: Failure | undefined;
}

declare global {
  var conformance: ConformanceOutcome | undefined;
}

/** Runs cases on a backend; where it breaks down, what was found before it is kept. */
async function run(id: BrowserBackendId, each: number, group: CaseGroup | null): Promise<void> {
  const results: CaseResult[] = [];
  const wanted = conformanceCases.filter((entry) => group === null || entry.group === group);
  const cases = thinCases(wanted, each);
  const outcome = { done: false, cases: cases.length, results };
  const said = document.querySelector('output')!;
  globalThis.conformance = outcome;
  try {
    const { backend } = await openBrowserBackend(id, {
      runtimes: new URL('runtimes/', document.baseURI).href,
    });
    await runConformance(backend, referenceBackend(), {
      cases,
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
await run(
  asked.get('backend') as BrowserBackendId,
  Number(asked.get('each') ?? Infinity),
  asked.get('group') as CaseGroup | null,
);
