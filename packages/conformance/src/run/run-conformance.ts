import { messageOf, type Backend } from '@patternlens/core';
import type { ConformanceCase } from '../conformance-case.js';
import { conformanceCases } from '../conformance-cases.js';
import { Disagreement } from '../disagreement.js';
import type { CaseResult } from './case-result.js';
import { checkCase } from './check-case.js';
import { checkLacks, type Lacks } from './lacks.js';

export interface ConformanceOptions {
  /** Default: all. */
  readonly cases?: readonly ConformanceCase[] | undefined;
  /** What the backend cannot do, with reasons. */
  readonly lacks?: Lacks | undefined;
  /** Called after each case, and waited for: a page can draw meanwhile. */
  readonly onResult?: ((result: CaseResult) => void | Promise<void>) | undefined;
}

/** Runs cases one after the other. A case that fails or crashes stops none of the others.
 * @throws PatternLensError `invalid-argument` where an entry of the lacks is about no case. */
export async function runConformance(
  backend: Backend,
  reference: Backend,
  { cases = conformanceCases, lacks = [], onResult }: ConformanceOptions = {},
): Promise<CaseResult[]> {
  checkLacks(lacks, [...cases, ...conformanceCases]);
  const results: CaseResult[] = [];
  for (const conformanceCase of cases) {
    let result: CaseResult;
    try {
      result = await checkCase(conformanceCase, backend, reference, lacks);
    } catch (cause) {
      const distance = cause instanceof Disagreement ? cause.distance : undefined;
      const { name, group, subject } = conformanceCase;
      result = {
        case: name,
        group,
        subject,
        status: 'failed',
        message: messageOf(cause),
        ...(distance !== undefined && Number.isFinite(distance) ? { distance } : {}),
      };
    }
    results.push(result);
    await onResult?.(result);
  }
  return results;
}
