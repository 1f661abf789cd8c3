import { messageOf, PatternLensError } from '@patternlens/core';
import { fail, type NamedPlace, type Voice } from '@patternlens/importing';

const DAMAGED = 'The file is damaged or was exported wrongly; export the model again.';

/** The remedy where reading itself failed. */
const NOT_READ = 'It could not be read; export the model without it.';

/** How this importer speaks in its errors. */
export const voice: Voice = {
  scope: 'adapter-onnx',
  framework: 'onnx',
  channelsLast: false,
  verb: 'export',
  damaged: DAMAGED,
  again: 'Export the model again.',
  refused: (place, cause) => {
    throw naming(place, cause);
  },
};

/** Throws that a model as a whole can't be used. */
export const invalidModel = (sentence: string): never =>
  fail(voice, 'invalid-file', sentence, { about: 'model' });

/** What was thrown while a node was imported, naming the node: sizes that the file claims can fail anywhere. */
export function naming(place: NamedPlace, cause: unknown): PatternLensError {
  const known = cause instanceof PatternLensError;
  const isShape = known && cause.code === 'invalid-shape';
  const isNamed = known && cause.subject.layer !== undefined;
  if (isNamed && (!isShape || cause.scope === voice.scope)) return cause;
  const message = (known ? cause.sentence : messageOf(cause)).replace(/\.?$/, '.');
  return new PatternLensError(
    voice.scope,
    known ? cause.code : 'invalid-file',
    isShape ? `${message} ${DAMAGED}` : known ? message : `${message} ${NOT_READ}`,
    {
      ...(known ? cause.subject : {}),
      ...place.subject,
      about: `${place.kind} "${place.name}"`,
    },
    cause,
  );
}
