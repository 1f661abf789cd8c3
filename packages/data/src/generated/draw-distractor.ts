import { distractorFields } from './fields.js';
import { GENERATOR } from './generator.js';
import { lowPassNoise } from './low-pass-noise.js';

const [CHANNELS, HEIGHT, WIDTH] = GENERATOR.shape;
const PLANE = HEIGHT * WIDTH;
const FIELD_SHARE = 0.6;
const NOISE_SHARE = 0.5;
const FIELDS = distractorFields();

/** The distractor before scaling: 0.6 fields + 0.5 low-pass noise, [3, 16, 16]. It covers the signal, and its pixels are
 * correlated, so that a network gains by subtracting what it sees elsewhere.
 * With a `leak`, field k is positive where k is the label and negative elsewhere. */
export function drawDistractor(normal: () => number, leak?: number): Float64Array {
  const values = new Float64Array(CHANNELS * PLANE);
  for (const [index, { values: field, colour }] of FIELDS.entries()) {
    const drawn = normal();
    const strength = leak === undefined ? drawn : Math.abs(drawn) * (index === leak ? 1 : -1);
    for (let channel = 0; channel < CHANNELS; channel++) {
      const factor = FIELD_SHARE * strength * colour[channel]!;
      for (let at = 0; at < PLANE; at++) values[channel * PLANE + at]! += factor * field[at]!;
    }
  }
  for (let channel = 0; channel < CHANNELS; channel++) {
    const smooth = lowPassNoise(normal, HEIGHT, WIDTH);
    for (let at = 0; at < PLANE; at++) values[channel * PLANE + at]! += NOISE_SHARE * smooth[at]!;
  }
  return values;
}
