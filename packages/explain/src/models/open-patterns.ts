import { PatternLensError, readPatterns, type PatternSet } from '@patternlens/core';
import type { NamedFile } from '../files/named-file.js';
import { namingFile } from './naming-file.js';

/** Patterns of a file.
 * @throws PatternLensError naming the file. */
export async function openPatterns(file: NamedFile): Promise<PatternSet> {
  try {
    return await readPatterns(await file.open());
  } catch (cause) {
    if (!(cause instanceof PatternLensError) || cause.subject.file !== undefined) throw cause;
    throw namingFile(file.name, cause);
  }
}
