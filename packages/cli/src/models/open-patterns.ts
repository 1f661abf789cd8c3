import { PatternLensError, readPatterns, type PatternSet } from '@patternlens/core';
import { fileSource } from '../sources/file-bytes.js';
import { namingFile } from './naming-file.js';

/** Patterns of a file.
 * @throws PatternLensError naming the file. */
export async function openPatterns(path: string): Promise<PatternSet> {
  try {
    return await readPatterns(await fileSource(path));
  } catch (cause) {
    if (!(cause instanceof PatternLensError) || cause.subject.file !== undefined) throw cause;
    throw namingFile(path, cause);
  }
}
