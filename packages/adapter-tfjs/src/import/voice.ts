import { messageOf, PatternLensError } from '@patternlens/core';
import type { Voice } from '@patternlens/importing';

/** How this importer speaks in its errors. */
export const voice: Voice = {
  scope: 'adapter-tfjs',
  framework: 'tfjs',
  channelsLast: true,
  verb: 'save',
  damaged: 'The model is damaged or was saved wrongly; convert it again.',
  again: 'Convert the model again.',
  refused: (place, cause) => {
    const known = cause instanceof PatternLensError;
    const message = (known ? cause.sentence : messageOf(cause)).replace(/\.?$/, '.');
    const unfit = !known || cause.code === 'invalid-network';
    return unfit ? place.unsupported(message, '') : place.invalid(message);
  },
};
