import type { Gates } from '../layers/layer-scope.js';
import type { Layer } from '../layers/layer.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';

/** Whether a program's 0/1 decisions stay inside, are returned beside the results, or are handed in. */
export type GateMode = 'inside' | 'outputs' | 'inputs';

/** The name of a gate among a program's inputs and outputs. */
export const gateName = (layer: Layer, mask: string): string => `gate:${layer.name}:${mask}`;

/** Gates of a traced program, each made once. */
export function tracedGates(
  ops: ProgramBuilder,
  mode: GateMode,
): Gates & { readonly names: () => readonly string[] } {
  const made = new Map<string, Value>();
  return {
    given: mode === 'inputs',
    names: () => [...made.keys()],
    mask: (layer, mask, make) => {
      const name = gateName(layer, mask);
      const before = made.get(name);
      if (before) return before;
      const computed = make();
      const value = mode === 'inputs' ? ops.input(name, computed.shape) : computed;
      if (mode === 'outputs') ops.output(name, value);
      made.set(name, value);
      return value;
    },
  };
}
