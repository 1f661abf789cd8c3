import type { PatternSet } from '@patternlens/core';
import type { Method } from '@patternlens/core/tracing';
import { applicableMethods, type MethodContext } from '../arguments/parse-methods.js';

/** One method of each group that needs nothing but the network. */
const FEW = ['gradient', 'guided-backprop', 'epsilon-plus'];
const WITH_PATTERNS = ['pattern-net', 'pattern-attribution'];

export const DEFAULT_METHODS_HELP = `${FEW.join(', ')}, with --patterns ${WITH_PATTERNS.join(', ')} too`;

/** What is explained with where no method is named: a method of each group, said by name. */
export function defaultMethods(context: MethodContext, patterns: PatternSet | undefined): Method[] {
  const methods = applicableMethods(patterns ? [...FEW, ...WITH_PATTERNS] : FEW, context);
  context.say?.(
    `methods ${methods.map(({ id }) => id).join(', ')}; name others with --method ID,..., or all`,
  );
  return methods;
}
