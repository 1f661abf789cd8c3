import { PatternLensError } from '@patternlens/core';

/** What was typed is wrong: the command ends with exit code 2. */
export class UsageError extends PatternLensError {
  constructor(message: string) {
    super('cli', 'invalid-argument', message);
    this.name = 'UsageError';
  }
}
