import { PatternLensError } from '@patternlens/core';

/** A file that is not what it must be, in the words that all such errors share. */
export function fileError(
  file: string,
  expected: string,
  got: string,
  remedy: string,
  cause?: unknown,
): PatternLensError {
  return new PatternLensError(
    'data',
    'invalid-file',
    `"${file}": expected ${expected}, got ${got}. ${remedy}`,
    { file },
    cause,
  );
}

/** Samples whose shape is not the network's. */
export function shapeError(
  file: string,
  expected: string,
  got: string,
  remedy: string,
): PatternLensError {
  return new PatternLensError(
    'data',
    'invalid-shape',
    `"${file}": expected ${expected}, got ${got}. ${remedy}`,
    { file },
  );
}

/** An argument that the caller has to change. */
export function argumentError(
  what: string,
  expected: string,
  got: string,
  file?: string,
): PatternLensError {
  return new PatternLensError(
    'data',
    'invalid-argument',
    `${what}: expected ${expected}, got ${got}.`,
    file === undefined ? {} : { file },
  );
}
