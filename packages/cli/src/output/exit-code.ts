import { PatternLensError, type ErrorCode } from '@patternlens/core';
import { UsageError } from '../arguments/usage-error.js';

/** Exit codes of the command, which other programs look at. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unusable: 3, gate: 4, interrupted: 130 } as const;

/** A gate that was asked for (`--fail-above`) did not hold. */
export class GateError extends Error {}

const BY_CODE: Readonly<Partial<Record<ErrorCode, number>>> = {
  'invalid-argument': EXIT.usage,
  'missing-pattern': EXIT.usage,
  'invalid-file': EXIT.unusable,
  'invalid-network': EXIT.unusable,
  'invalid-pattern': EXIT.unusable,
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
