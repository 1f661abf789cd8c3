import { PatternLensError, type ErrorCode, type ErrorSubject } from '@patternlens/core';

/** Throws an error of this package. */
export function fail(code: ErrorCode, message: string, subject: ErrorSubject = {}): never {
  throw new PatternLensError('adapter-tfjs', code, message, subject);
}

/** Throws that a model as a whole can't be used: `model`, or its `model.json`. */
export function invalidModel(about: 'model' | 'model.json', sentence: string): never {
  return fail('invalid-file', sentence, { about });
}

/** Throws that a model's files can't be used. */
export function invalidFile(message: string, file?: string): never {
  return fail('invalid-file', message, file === undefined ? {} : { file });
}
