import { signal } from '@preact/signals-core';
import { ANGLES } from './toy-plane.js';

/** What the Learn view shows. */
export const learnState = {
  /** The angle of the distractor, in degrees. */
  angle: signal<number>(ANGLES.first),
  withNoise: signal(false),
};
