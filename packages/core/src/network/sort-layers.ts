import { PatternLensError } from '../errors/patternlens-error.js';
import type { Layer } from '../layers/layer.js';

/** The layers so that each comes after those that it reads; layers that are free keep their order.
 * @throws PatternLensError `invalid-network` where layers read each other in a cycle. */
export function sortLayers(inputs: readonly string[], layers: readonly Layer[]): Layer[] {
  const makers = new Map(layers.map((layer) => [layer.output, layer]));
  const done = new Set<string>(inputs);
  const sorted: Layer[] = [];
  const open = new Set<string>();
  for (const first of layers) {
    const stack = [first];
    while (stack.length > 0) {
      const layer = stack.at(-1)!;
      const next = layer.inputs.find((input) => !done.has(input));
      if (done.has(layer.output)) {
        stack.pop();
      } else if (next === undefined) {
        done.add(layer.output);
        sorted.push(layer);
        stack.pop();
      } else {
        open.add(layer.output);
        if (open.has(next)) {
          throw new PatternLensError(
            'core',
            'invalid-network',
            `layer "${layer.name}" waits for itself: the network has a cycle.`,
            {
              layer: layer.name,
            },
          );
        }
        stack.push(makers.get(next)!);
      }
    }
  }
  return sorted;
}
