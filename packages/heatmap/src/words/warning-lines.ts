import type { ExplanationWarning, WarningCode } from '@patternlens/core';

/** What is told of the samples that one method explained: a list for each sample. */
export interface ToldMethod {
  /** The method, as its lines begin. */
  readonly name: string;
  readonly warnings: readonly (readonly ExplanationWarning[])[];
}

/** Layers that a kind of warning is told of; the others are counted. */
const NAMED = 3;

/** What one kind of warning says of one layer, or of the whole. */
interface Told {
  readonly code: WarningCode;
  readonly line: string;
}

/** Of each code the first lines, and how many more layers there are. */
function shortened(told: readonly Told[], more: (count: number) => string): string[] {
  const codes = [...new Set(told.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const lines = told.filter((one) => one.code === code).map(({ line }) => line);
    const left = lines.length - NAMED;
    return left > 0 ? [...lines.slice(0, NAMED), more(left)] : lines;
  });
}

const others = (count: number): string =>
  `The same of ${count} more ${count === 1 ? 'layer' : 'layers'}.`;

/** What is told of one sample, in sentences. */
export const warningTexts = (warnings: readonly ExplanationWarning[]): readonly string[] =>
  shortened(
    warnings.map(({ code, text }) => ({ code, line: text })),
    others,
  );

const counted = (count: number, all: number): string =>
  all === 1 ? '' : `, ${count} of ${all} samples`;

/** What is told of each method in sentences: a kind of warning about one layer once, with the words of the first sample that has it. */
export function warningLines(methods: readonly ToldMethod[]): readonly string[] {
  return methods.flatMap(({ name, warnings }) => {
    const kinds = new Map<string, { code: WarningCode; text: string; count: number }>();
    for (const told of warnings)
      for (const { code, layer, text } of told) {
        const kind = JSON.stringify([code, layer]);
        const before = kinds.get(kind);
        kinds.set(kind, { code, text: before?.text ?? text, count: (before?.count ?? 0) + 1 });
      }
    const told = [...kinds.values()].map(({ code, text, count }) => ({
      code,
      line: `${name}${counted(count, warnings.length)}: ${text}`,
    }));
    return shortened(told, (count) => `${name}: ${others(count)}`);
  });
}
