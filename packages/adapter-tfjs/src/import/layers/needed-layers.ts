import type { LayerSpec, ModelSpec, TensorRef } from './model-config.js';

/** The layers that outputs of a model depend on, in the file's order: its own, and in place of models inside what their outputs depend on. */
export function neededLayers(model: ModelSpec, outputs: readonly TensorRef[]): LayerSpec[] {
  const specs = new Map(model.layers.map((spec) => [spec.name, spec]));
  const applied = new Map(outputs.map((ref) => [`${ref.node}/${ref.layer}`, ref]));
  // Grows while it is walked.
  for (const { layer, node } of applied.values())
    for (const ref of specs.get(layer)?.nodes[node] ?? [])
      applied.set(`${ref.node}/${ref.layer}`, ref);
  const needed = new Set([...applied.values()].map(({ layer }) => layer));
  const own = model.layers.filter(({ name }) => needed.has(name));
  return own.flatMap((spec) =>
    spec.model ? [spec, ...neededLayers(spec.model, spec.model.outputs)] : [spec],
  );
}
