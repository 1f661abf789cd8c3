import type { Parameter } from '@patternlens/core/network';
import { originOf, type Place } from '@patternlens/importing';
import type { Weights } from '../../read/read-weights.js';

/** The name that a weight of a layer has in the file: `LAYER/WEIGHT`, with a cell between them or models before them. */
function storedName(
  weights: Weights,
  layer: string,
  weight: string,
  path: readonly string[],
): string | undefined {
  const exact = `${layer}/${weight}`;
  if (weights.get(exact)) return exact;
  const withCell = weights.names.filter((name) => {
    const parts = name.split('/');
    return parts.length > 2 && [...parts.slice(0, -2), parts.at(-1)].join('/') === exact;
  });
  const behind = weights.names.filter((name) => name.endsWith(`/${exact}`));
  const inModel = behind.filter((name) => path.some((model) => name.split('/').includes(model)));
  return [withCell, inModel, behind].find((names) => names.length === 1)?.[0];
}

/** Finds the weights of a layer by the names that Keras and TensorFlow.js give them.
 * @param names What the layer's weights are stored under: its name, and for a wrapped layer the inner one's. */
export function layerWeights(
  weights: Weights,
  place: Place,
  names: readonly string[],
  path: readonly string[],
): (name: string) => Parameter {
  return (name) => {
    const stored = names
      .map((layer) => storedName(weights, layer, name, path))
      .find((found) => found !== undefined);
    if (stored === undefined)
      return place.invalid(
        `its weight "${names[0]!}/${name}" is not among the ${weights.names.length} of the file.`,
      );
    const { tensor } = weights.get(stored)!;
    return { tensor, origin: originOf(stored, tensor.shape) };
  };
}
