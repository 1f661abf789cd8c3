/** What these runs say about a claim of the paper. */
export type Verdict = 'supported' | 'mixed' | 'not supported' | 'not measured';

/** What one network, or the toy models, say about a claim. */
export interface Evidence {
  readonly subject: string;
  readonly verdict: Verdict;
  /** The numbers in words, with intervals and n. */
  readonly text: string;
}

/** A claim of Kindermans et al. 2017, how it is judged, and what was found. */
export interface JudgedClaim {
  readonly id: string;
  readonly claim: string;
  readonly rule: string;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
}

/** One verdict from those of several subjects: theirs where all agree, else mixed. What was not measured has no say. */
export function overall(verdicts: readonly Verdict[]): Verdict {
  const told = new Set(verdicts.filter((verdict) => verdict !== 'not measured'));
  if (told.size === 0) return 'not measured';
  return told.size === 1 ? [...told][0]! : 'mixed';
}

/** Supported where all hold, not supported where none does, else mixed; not measured where there is nothing to hold. */
export function ofParts(holds: readonly boolean[]): Verdict {
  if (holds.length === 0) return 'not measured';
  const right = holds.filter(Boolean).length;
  return right === holds.length ? 'supported' : right === 0 ? 'not supported' : 'mixed';
}
