import { type Pattern, type PatternSet } from '@patternlens/core';
import { toNeuronMajor } from '@patternlens/core/network';
import { RARE } from '@patternlens/core/patterns';
import type { FitResult } from '../report/benchmark-report.js';
import { relativeL2 } from './distances.js';

/** Directions that methods go back through; that of the negative regime serves diagnosis only. */
const COMPARED = ['linear', 'positive'] as const;

/** One layer's patterns over the neurons whose samples fell into the same regimes, and that fired often enough. */
function compareLayer(
  layer: string,
  actual: Pattern,
  reference: Pattern,
): FitResult['layers'][number] {
  const neurons = reference.counts.length;
  const compared = Array.from({ length: neurons }, (_, at) => at).filter(
    (at) => actual.counts[at] === reference.counts[at] && reference.counts[at]! >= RARE,
  );
  const rowsOf = ({ layout, directions }: Pattern, kind: (typeof COMPARED)[number]): number[] => {
    const direction = directions[kind];
    if (!direction) return [];
    const { data, shape } = toNeuronMajor(layout, direction);
    const each = shape[1]!;
    return compared.flatMap((at) => Array.from(data.slice(at * each, (at + 1) * each)));
  };
  const errors = COMPARED.map((kind) => relativeL2(rowsOf(actual, kind), rowsOf(reference, kind)));
  return { layer, relativeL2: Math.max(...errors), neurons, compared: compared.length };
}

/** Patterns fitted on a backend against those that the reference fitted on the same inputs, layer by layer. */
export const comparePatterns = (actual: PatternSet, reference: PatternSet): FitResult['layers'] =>
  [...reference.layers].map(([layer, pattern]) =>
    compareLayer(layer, actual.layers.get(layer)!, pattern),
  );
