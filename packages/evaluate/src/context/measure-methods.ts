import { PatternLensError, type MethodChoice } from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';
import { methodNames } from './method-names.js';

export interface NamedMethod {
  readonly name: string;
  readonly choice: MethodChoice;
}

export interface MeasuredMethods<T> {
  /** By the method's name, in the order in which they were given. */
  readonly measured: ReadonlyMap<string, T>;
  readonly warnings: readonly string[];
}

/** Measures each method; one that fails is left out and named in a warning.
 * @throws PatternLensError where there are no methods or none could be measured, and whatever is wrong with cancelling or with our own code. */
export async function measureMethods<T>(
  metric: string,
  { methods }: MetricContext,
  measure: (method: NamedMethod) => Promise<T>,
): Promise<MeasuredMethods<T>> {
  if (methods.length === 0)
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `${metric}: it measures methods, and none was given. Name some (--method, or the option methods).`,
    );
  const names = methodNames(methods);
  const measured = new Map<string, T>();
  const warnings: string[] = [];
  let firstFailure: PatternLensError | undefined;
  for (const [at, choice] of methods.entries()) {
    const name = names[at]!;
    try {
      measured.set(name, await measure({ name, choice }));
    } catch (cause) {
      if (!(cause instanceof PatternLensError) || cause.code === 'cancelled') throw cause;
      firstFailure ??= cause;
      warnings.push(`${name} could not be measured: ${cause.message}`);
    }
  }
  if (measured.size === 0) throw firstFailure!;
  return { measured, warnings };
}
