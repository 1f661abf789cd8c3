import { PatternLensError, type ErrorCode } from '@patternlens/core';
import { UsageError } from '../arguments/usage-error.js';
import { EXIT } from './exit.js';

/** A gate that was asked for (`--fail-above`) did not hold. */
export class GateError extends Error {}

const BY_CODE: Readonly<Partial<Record<ErrorCode, number>>> = {
  'invalid-argument': EXIT.usage,
  'missing-pattern': EXIT.usage,
  'invalid-file': EXIT.unusable,
  'invalid-network': EXIT.unusable,
  'invalid-pattern': EXIT.unusable,
  'invalid-plugin': EXIT.unusable,
  'invalid-shape': EXIT.unusable,
  'empty-data': EXIT.unusable,
  'pattern-mismatch': EXIT.unusable,
  'unsupported-layer': EXIT.unusable,
  'unsupported-operation': EXIT.unusable,
  cancelled: EXIT.interrupted,
};

/** The exit code that tells what kind of thing went wrong. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof UsageError) return EXIT.usage;
  if (thrown instanceof GateError) return EXIT.gate;
  return thrown instanceof PatternLensError ? (BY_CODE[thrown.code] ?? EXIT.failed) : EXIT.failed;
}
