import { phaseAt, type Phases } from './quarters.js';
import type { EmitScope } from './emitter.js';
import { interleave } from './interleave.js';

/** The image that quarters are of. */
export function assemble(scope: EmitScope, phases: Phases): string {
  const { graph } = scope;
  const { rows, columns, height, width } = phases;
  const [even, odd] = [0, 1].map((row) =>
    interleave(scope, [phaseAt(phases, row, 0), phaseAt(phases, row, 1)], 3, [rows, columns]),
  );
  const whole = interleave(scope, [even!, odd!], 2, [rows, 2 * columns]);
  if (2 * rows === height && 2 * columns === width) return whole;
  return graph.node('Slice', [
    whole,
    graph.integers([0, 0]),
    graph.integers([height, width]),
    graph.integers([2, 3]),
  ]);
}
