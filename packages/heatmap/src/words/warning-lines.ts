import type { ExplanationWarning } from '@patternlens/core';

/** What is told of the samples that one method explained: a list for each sample. */
export interface ToldMethod {
  /** The method, as its lines begin. */
  readonly name: string;
  readonly warnings: readonly (readonly ExplanationWarning[])[];
}

const counted = (count: number, all: number): string =>
  all === 1 ? '' : `, ${count} of ${all} samples`;

/** What is told of each method in sentences: a kind of warning about one layer once, with the words of the first sample that has it. */
export function warningLines(methods: readonly ToldMethod[]): readonly string[] {
  return methods.flatMap(({ name, warnings }) => {
    const kinds = new Map<string, { text: string; count: number }>();
    for (const told of warnings)
      for (const { code, layer, text } of told) {
        const kind = JSON.stringify([code, layer]);
        const before = kinds.get(kind);
        kinds.set(kind, { text: before?.text ?? text, count: (before?.count ?? 0) + 1 });
      }
    return [...kinds.values()].map(
      ({ text, count }) => `${name}${counted(count, warnings.length)}: ${text}`,
    );
  });
}
