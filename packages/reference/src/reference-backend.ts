import { PatternLensError, type Backend } from '@patternlens/core';
import { type Executable, type Program } from '@patternlens/core/backend';
import { interpret } from './interpret.js';

const nothing = (): Promise<void> => Promise.resolve();

function executableOf(program: Program): Executable {
  let isDisposed = false;
  const dispose = (): Promise<void> => {
    isDisposed = true;
    return nothing();
  };
  return {
    dispose,
    [Symbol.asyncDispose]: dispose,
    run: (inputs) =>
      Promise.resolve().then(() => {
        if (isDisposed)
          throw new PatternLensError(
            'reference',
            'invalid-argument',
            'the program has been disposed of. Compile it again.',
          );
        return interpret(program, inputs);
      }),
  };
}

/** The float64 oracle: plain, slow, and the definition of what every other backend must compute. */
export function referenceBackend(): Backend {
  return {
    id: 'reference',
    compile: (program) => Promise.resolve(executableOf(program)),
    dispose: nothing,
    [Symbol.asyncDispose]: nothing,
  };
}
