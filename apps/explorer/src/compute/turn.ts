import type { Backend } from '@patternlens/core';

/** Lets messages in: a cancel, say. Timers wait too long. */
const nextTurn = (): Promise<void> =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });

/** A backend that lets messages in before every run, and counts the runs. */
export function takingTurns(backend: Backend, ran: () => void): Backend {
  const dispose = (): Promise<void> => backend.dispose();
  return {
    id: backend.id,
    dispose,
    [Symbol.asyncDispose]: dispose,
    compile: async (program) => {
      const executable = await backend.compile(program);
      const free = (): Promise<void> => executable.dispose();
      return {
        dispose: free,
        [Symbol.asyncDispose]: free,
        run: async (inputs) => {
          await nextTurn();
          ran();
          return executable.run(inputs);
        },
      };
    },
  };
}
