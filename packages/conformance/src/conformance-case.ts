import type { Backend } from '@patternlens/core';

/** What a case tests: a primitive operation, a rule on a kind of layer, a method on a network, patterns fitted on the backend, or something that
 * holds of any right backend. */
export type CaseGroup = 'primitive' | 'rule' | 'method' | 'fit' | 'invariant';

/** Something that a correct backend does, as data: no test runner is needed to run it. */
export interface ConformanceCase {
  /** Unique. */
  readonly name: string;
  readonly group: CaseGroup;
  /** The primitive, the kind of layer, the method, or what holds: a row of the support report. */
  readonly subject: string;
  /** Compares the backend with the reference.
   * @returns the largest relative L2 distance that was found.
   * @throws Disagreement where it is above the case's limit. */
  readonly run: (backend: Backend, reference: Backend) => Promise<number>;
}
