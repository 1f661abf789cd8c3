import type { Canonizer } from '../canonizers/canonizer.js';
import { checkFunction, checkId, checkObject } from './check-part.js';

/** Defines a canonizer: a pure change of a network that leaves what it computes as it is.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineCanonizer(parts: Canonizer): Canonizer {
  checkObject('canonizer', parts);
  checkId('canonizer', parts.name);
  checkFunction(`canonizer "${parts.name}"`, 'apply', parts.apply);
  return Object.freeze({ ...parts });
}
