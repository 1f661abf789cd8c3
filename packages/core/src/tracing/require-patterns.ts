import { PatternLensError } from '../errors/patternlens-error.js';
import type { Method } from '../methods/method.js';
import type { PatternSet } from '../patterns/pattern-set.js';

/** @throws PatternLensError `missing-pattern` where the method needs patterns and has none. */
export function requirePatterns(method: Method, patterns: PatternSet | undefined): void {
  if (!method.needsPatterns || patterns) return;
  throw new PatternLensError(
    'core',
    'missing-pattern',
    `${method.id}: it needs patterns. Fit them first (patternlens fit, or fitPatterns), then hand them over (--patterns FILE, or the option patterns).`,
    { method: method.id },
  );
}
