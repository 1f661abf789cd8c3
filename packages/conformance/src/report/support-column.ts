import type { CaseGroup } from '../conformance-case.js';
import type { CaseResult } from '../run/case-result.js';

/** A run of the suite: what `runConformance` gave, on which backend, and where. */
export interface ConformanceRun {
  /** `onnx:node`, ... */
  readonly backend: string;
  /** `Node`, `Chromium`, ... */
  readonly host: string;
  readonly results: readonly CaseResult[];
}

/** How a backend did at one subject. */
export interface SupportCell {
  readonly group: CaseGroup;
  readonly subject: string;
  readonly passed: number;
  readonly of: number;
  readonly failed: number;
  /** Why cases are lacking, each reason once. */
  readonly reasons: readonly string[];
}

/** A summary of a run: a column of the support report. It holds no distances and no times, so it is the same on every machine. */
export interface SupportColumn {
  readonly backend: string;
  readonly host: string;
  readonly cells: readonly SupportCell[];
}

function cellOf(results: readonly CaseResult[]): SupportCell {
  const { group, subject } = results[0]!;
  const count = (status: CaseResult['status']): number =>
    results.filter((result) => result.status === status).length;
  const reasons = results.flatMap(({ status, message }) =>
    status === 'lacking' && message !== undefined ? [message] : [],
  );
  return {
    group,
    subject,
    passed: count('passed'),
    of: results.length,
    failed: count('failed'),
    reasons: [...new Set(reasons)],
  };
}

/** A run counted by subject, in the order of the cases. */
export function supportColumn({ backend, host, results }: ConformanceRun): SupportColumn {
  const subjects = new Map<string, CaseResult[]>();
  for (const result of results) {
    const key = `${result.group} ${result.subject}`;
    subjects.set(key, [...(subjects.get(key) ?? []), result]);
  }
  return { backend, host, cells: [...subjects.values()].map(cellOf) };
}
