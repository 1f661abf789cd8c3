import { messageOf, type Backend } from '@patternlens/core';
import type { ConformanceCase } from '../conformance-case.js';
import { Disagreement } from '../disagreement.js';
import type { CaseResult } from './case-result.js';
import { isAbout, type Lacks } from './lacks.js';

/** Runs one case.
 * @returns its result, `passed` or `lacking`.
 * @throws Disagreement naming the fault where the backend fails a case that is not listed, or passes one that is. */
export async function checkCase(
  conformanceCase: ConformanceCase,
  backend: Backend,
  reference: Backend,
  lacks: Lacks = [],
): Promise<CaseResult> {
  const { name, group, subject } = conformanceCase;
  const about = { case: name, group, subject };
  const lack = lacks.find((entry) => isAbout(entry, conformanceCase));
  let distance: number;
  try {
    distance = await conformanceCase.run(backend, reference);
  } catch (cause) {
    if (lack) return { ...about, status: 'lacking', message: lack.reason };
    if (cause instanceof Disagreement) throw cause;
    // The message of a crash is kept; the case is named beside it.
    throw new Disagreement(name, messageOf(cause), undefined, cause);
  }
  if (lack)
    throw new Disagreement(
      name,
      `it passes, though it is listed as lacking ("${lack.reason}"). Take it out of the list`,
      distance,
    );
  return { ...about, status: 'passed', distance };
}
