import { messageOf, PatternLensError } from '@patternlens/core';

/** What readers call the one file that they are given. */
const WHOLE_FILES = ['model', 'model.json', 'pattern file'];

/** The error with the file's path in place of what its reader calls it. */
export function namingFile(path: string, cause: PatternLensError): PatternLensError {
  const { about } = cause.subject;
  const sentence =
    about !== undefined && WHOLE_FILES.includes(about) ? cause.sentence : messageOf(cause);
  return new PatternLensError(
    'explain',
    cause.code,
    sentence,
    { ...cause.subject, about: `"${path}"`, file: path },
    cause,
  );
}
