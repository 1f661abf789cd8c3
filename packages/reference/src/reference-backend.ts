import type { Backend } from '@patternlens/core';
import { interpret } from './interpret.js';

const nothing = (): Promise<void> => Promise.resolve();

/** The float64 oracle: plain, slow, and the definition of what every other backend must compute. */
export function referenceBackend(): Backend {
  return {
    id: 'reference',
    compile: (program) =>
      Promise.resolve({
        run: (inputs) => Promise.resolve().then(() => interpret(program, inputs)),
        dispose: nothing,
        [Symbol.asyncDispose]: nothing,
      }),
    dispose: nothing,
    [Symbol.asyncDispose]: nothing,
  };
}
