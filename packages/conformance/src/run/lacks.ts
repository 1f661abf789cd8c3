import { PatternLensError } from '@patternlens/core';
import type { ConformanceCase } from '../conformance-case.js';

/** What a backend cannot do, and why. */
export interface Lack {
  /** A case by its name, all cases of a subject, or all cases whose name fits an expression. */
  readonly case: string | RegExp;
  /** For people: what is missing, and where. */
  readonly reason: string;
}

/** Every entry has to fit a case, and every case that it fits has to fail: lists that have gone stale are found. */
export type Lacks = readonly Lack[];

/** Whether an entry is about a case. */
export function isAbout({ case: wanted }: Lack, { name, subject }: ConformanceCase): boolean {
  return typeof wanted === 'string'
    ? wanted === name || wanted === subject
    : name.search(wanted) >= 0;
}

/** @throws PatternLensError `invalid-argument` naming the entries that no case fits, or that give no reason. */
export function checkLacks(lacks: Lacks, cases: readonly ConformanceCase[]): void {
  const bad = (entries: Lacks): string => entries.map((lack) => String(lack.case)).join(', ');
  const silent = lacks.filter(({ reason }) => reason.trim() === '');
  if (silent.length > 0)
    throw new PatternLensError(
      'conformance',
      'invalid-argument',
      `lacks: no reason is given for ${bad(silent)}.`,
    );
  const idle = lacks.filter(
    (lack) => !cases.some((conformanceCase) => isAbout(lack, conformanceCase)),
  );
  if (idle.length > 0)
    throw new PatternLensError(
      'conformance',
      'invalid-argument',
      `lacks: no case has the name or subject ${bad(idle)}. Take the entry out, or write the name as conformanceCases has it.`,
    );
}
