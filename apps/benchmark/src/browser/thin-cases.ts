import type { ConformanceCase } from '@patternlens/conformance';

/** At most `each` cases about each subject, spread evenly, the first and the last among them: a backend in
 * software takes a second for some. */
export function thinCases(
  cases: readonly ConformanceCase[],
  each: number,
): readonly ConformanceCase[] {
  const bySubject = new Map<string, ConformanceCase[]>();
  for (const entry of cases) {
    const key = `${entry.group} ${entry.subject}`;
    bySubject.set(key, [...(bySubject.get(key) ?? []), entry]);
  }
  const kept = new Set(
    [...bySubject.values()].flatMap((subjectCases) =>
      subjectCases.length <= each
        ? subjectCases
        : Array.from(
            { length: each },
            (_, at) =>
              subjectCases[Math.round((at * (subjectCases.length - 1)) / Math.max(1, each - 1))]!,
          ),
    ),
  );
  return cases.filter((entry) => kept.has(entry));
}
