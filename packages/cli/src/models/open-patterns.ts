import { PatternLensError, readPatterns, type PatternSet } from '@patternlens/core';
import { fileSource } from '../sources/file-bytes.js';

/** Patterns of a file.
 * @throws PatternLensError naming the file. */
export async function openPatterns(path: string): Promise<PatternSet> {
  try {
    return await readPatterns(await fileSource(path));
  } catch (cause) {
    if (!(cause instanceof PatternLensError) || cause.subject.file !== undefined) throw cause;
    throw new PatternLensError(
      cause.code,
      `"${path}": ${cause.message.replace(/^\[core\] (pattern file: )?/, '')}`,
      { file: path },
      cause,
    );
  }
}
