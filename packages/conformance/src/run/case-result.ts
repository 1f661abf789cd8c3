import type { CaseGroup } from '../conformance-case.js';

/** The result of a case, as plain data. */
export interface CaseResult {
  /** The case's name. */
  readonly case: string;
  readonly group: CaseGroup;
  readonly subject: string;
  /** `lacking`: it does not pass, and the list of lacks says why. */
  readonly status: 'passed' | 'lacking' | 'failed';
  /** The largest relative L2 distance from the reference; missing where none was measured. */
  readonly distance?: number | undefined;
  /** The fault, or the reason of the lack. */
  readonly message?: string | undefined;
}
