import { sentFailure, type SentFailure } from './call-failure.js';

/** Files that are told by their names; the others are counted. */
const TOLD = 4;

const fileName = (path: string): string => path.split('/').at(-1)!;

/** What to say where a model needs files that are not there. */
export function missingFiles(paths: readonly string[], model: string, cause: unknown): SentFailure {
  const names = paths.map(fileName);
  const told = names.slice(0, TOLD);
  const more = names.length - told.length;
  const all =
    more > 0
      ? `${told.join(', ')} and ${more} more`
      : told.length > 1
        ? `${told.slice(0, -1).join(', ')} and ${told.at(-1)!}`
        : told[0]!;
  const [are, them] = names.length > 1 ? ['are', 'them'] : ['is', 'it'];
  return {
    code: 'missing-file',
    sentence: `${all} ${are} missing. Drop ${them} together with ${fileName(model)}.`,
    subject: { file: paths.join('\n') },
    cause: sentFailure(cause).sentence,
  };
}
