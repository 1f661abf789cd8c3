import { cosine } from '../generated/cosine.js';
import type { PlaneVector, ToyModel } from './toy-model.js';

/** A toy model under a name. */
export interface NamedToyModel {
  /** As in a table. */
  readonly name: string;
  readonly model: ToyModel;
}

/** The unit vector at an angle of `eighths` times 22.5 degrees, the same on every engine. */
const unitVector = (eighths: number): PlaneVector => [
  cosine(4 * eighths),
  cosine(4 * eighths - 16),
];

const SIGNAL: PlaneVector = [1, 0];

/** A distractor at an angle of `eighths` times 22.5 degrees to the signal (1, 0). */
export const turnedDistractor = (eighths: number): ToyModel => ({
  signal: SIGNAL,
  distractor: unitVector(eighths),
  deviation: 0.3,
});

/** The toy models of the paper (Kindermans et al. 2017, section 2), with the distractor turned, shifted, or replaced by noise. */
export const TOY_MODELS: readonly NamedToyModel[] = [
  ...[0.1, 0.3, 1].map((deviation) => ({
    name: `distractor (1, 1), deviation ${deviation}`,
    model: { signal: SIGNAL, distractor: [1, 1] as PlaneVector, deviation },
  })),
  ...[3, 4, 5, 6].map((eighths) => ({
    name: `distractor at ${22.5 * eighths}°, deviation 0.3`,
    model: turnedDistractor(eighths),
  })),
  {
    name: 'distractor (1, 1), mean 0.5, deviation 0.3',
    model: { signal: SIGNAL, distractor: [1, 1], mean: 0.5, deviation: 0.3 },
  },
  ...[0.1, 0.5].map((noise) => ({
    name: `isotropic noise, deviation ${noise}`,
    model: { signal: SIGNAL, distractor: [1, 1] as PlaneVector, deviation: 0, noise },
  })),
];
