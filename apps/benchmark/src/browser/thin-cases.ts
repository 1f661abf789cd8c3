import type { ConformanceCase } from '@patternlens/conformance';

/** At most so many cases about each subject, spread evenly over those that there are, the first and the last among them: a backend in
 * software takes a second for some. */
export function thinCases(
  cases: readonly ConformanceCase[],
  each: number,
): readonly ConformanceCase[] {
  const bySubject = new Map<string, ConformanceCase[]>();
  for (const own of cases) {
    const key = `${own.group} ${own.subject}`;
    bySubject.set(key, [...(bySubject.get(key) ?? []), own]);
  }
  const kept = new Set(
    [...bySubject.values()].flatMap((own) =>
      own.length <= each
        ? own
        : Array.from(
            { length: each },
            (_, at) => own[Math.round((at * (own.length - 1)) / Math.max(1, each - 1))]!,
          ),
    ),
  );
  return cases.filter((own) => kept.has(own));
}
