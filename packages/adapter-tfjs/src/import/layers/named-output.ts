import { nearestName } from '@patternlens/core/network';
import { fail } from '@patternlens/importing';
import { voice } from '../voice.js';
import type { LayerSpec, ModelSpec, TensorRef } from './model-config.js';

/** What a name means. */
export interface NamedOutput {
  /** The output of one of the model's own layers that has to be computed. */
  readonly ref: TensorRef;
  /** The layer whose value is meant, where it lies in a model inside, or is one of several that the layer becomes. */
  readonly layer?: string;
}

/** What an output of a layer is called: the first by the layer's name, that of another application `LAYER#2`, a further one of an application `LAYER:1`. */
export const refName = ({ layer, node, tensor }: TensorRef): string =>
  `${layer}${node === 0 ? '' : `#${node + 1}`}${tensor === 0 ? '' : `:${tensor}`}`;

/** All outputs of a model's own layers. */
const refsOf = ({ layers }: ModelSpec): TensorRef[] =>
  layers.flatMap(({ name, nodes, model }) =>
    nodes.flatMap((_, node) =>
      (model?.outputs ?? [undefined]).map((__, tensor) => ({ layer: name, node, tensor })),
    ),
  );

/** The names of all layers in a model, those of models inside also behind the models' names. */
function namesIn(layers: readonly LayerSpec[]): string[] {
  return layers.flatMap((layer) => {
    const inner = layer.model ? namesIn(layer.model.layers) : [];
    return [layer.name, ...inner, ...inner.map((name) => `${layer.name}/${name}`)];
  });
}

const isPartOf = (name: string, layer: string): boolean =>
  name === layer || (name.startsWith(layer) && /^[/#]/.test(name.slice(layer.length)));

/** What a name means in a model: one of its outputs, else what a layer of that name makes, else a layer in a model inside, or one that a layer becomes.
 * @throws PatternLensError `invalid-argument` with the nearest name. */
export function namedOutput(model: ModelSpec, name: string): NamedOutput {
  const ref = [...model.outputs, ...refsOf(model)].find((one) => refName(one) === name);
  if (ref) return { ref };
  const around = model.layers.find((layer) =>
    namesIn([layer]).some((inner) => isPartOf(name, inner)),
  );
  return around && around.nodes.length > 0
    ? { ref: { layer: around.name, node: 0, tensor: 0 }, layer: name }
    : unknownOutput(model, name);
}

/** Throws that a model has no value of that name.
 * @param layers Names of layers that it may mean too. */
export function unknownOutput(
  model: ModelSpec,
  name: string,
  layers: readonly string[] = [],
): never {
  const outputs = model.outputs.map(refName);
  const known = [...new Set([...outputs, ...namesIn(model.layers), ...layers])];
  const nearest = nearestName(name, known);
  return fail(
    voice,
    'invalid-argument',
    `there is no output or layer "${name}" in it. ${nearest === undefined ? '' : `Did you mean "${nearest}"? `}Its outputs: ${outputs.join(', ')}.`,
    { about: 'model', layer: name },
  );
}
