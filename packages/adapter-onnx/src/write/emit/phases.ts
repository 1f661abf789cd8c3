import type { EmitScope } from './emitter.js';
import { interleave } from './interleave.js';

/** An image `[N, C, height, width]` as its four quarters: even and odd rows of even and odd columns, each of `rows x columns`. */
export interface Phases {
  /** Even rows and columns, even rows and odd columns, odd rows and even columns, odd rows and columns. */
  readonly quarters: readonly [string, string, string, string];
  readonly rows: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
  /** Where the image's sizes are odd, some quarters reach beyond its end. A window may read them only where zeros stand there; what a convolution made
   * of them is anything. */
  readonly zerosBehind: boolean;
}

export const phaseAt = (phases: Phases, row: number, column: number): string =>
  phases.quarters[row * 2 + column]!;

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
