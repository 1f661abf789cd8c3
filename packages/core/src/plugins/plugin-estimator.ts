import { PatternLensError } from '../errors/patternlens-error.js';
import type { Directions, Estimator, NeuronWeights } from '../patterns/estimators/estimator.js';
import { shown } from './check-part.js';
import { guarded } from './plugin-errors.js';

function checkDirection(
  what: string,
  name: string,
  direction: unknown,
  { neurons, inputs }: NeuronWeights,
): void {
  const size = neurons * inputs;
  const typed = direction instanceof Float64Array || direction instanceof Float32Array;
  if (!typed || direction.length !== size)
    throw new PatternLensError(
      'core',
      'invalid-shape',
      `${what}: its ${name} directions must be ${size} numbers ([${neurons}, ${inputs}]: neurons, inputs) in a Float64Array, got ${typed ? `${direction.length} numbers` : shown(direction)}.`,
    );
  const bad = direction.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new PatternLensError(
      'core',
      'not-finite',
      `${what}: its ${name} direction of neuron ${Math.floor(bad / inputs)} holds ${direction[bad]!} at input ${bad % inputs}. Give 0 for a neuron that has no direction.`,
    );
}

/** The estimator under the name of the plug-in that it comes from: what it gives is checked, and its errors name both. */
export function pluginEstimator(plugin: string, estimator: Estimator): Estimator {
  const what = `estimator "${estimator.id}"`;
  return {
    ...estimator,
    plugin,
    estimate: guarded(plugin, what, (layer, moments) => {
      const directions = estimator.estimate(layer, moments) as Partial<Directions> | undefined;
      checkDirection(what, 'positive', directions?.positive, layer);
      if (directions?.negative !== undefined)
        checkDirection(what, 'negative', directions.negative, layer);
      return directions as Directions;
    }),
  };
}
