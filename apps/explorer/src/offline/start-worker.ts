import { packedText } from './packed-file.js';

const RUNTIME = 'runtimes/tfjs-wasm/tfjs-backend-wasm-simd.wasm';

/** Starts a classic worker from a script that is packed into the page. `before` stands in front of it. */
export function workerOf(id: string, before = ''): Worker {
  const script = document.getElementById(id)!.textContent;
  const address = URL.createObjectURL(new Blob([before, script], { type: 'text/javascript' }));
  const worker = new Worker(address);
  worker.addEventListener(
    'message',
    () => {
      URL.revokeObjectURL(address);
    },
    { once: true },
  );
  return worker;
}

/** Starts a worker that answers calls, with the runtime of WebAssembly in hand: it has no page to read it from. */
export const startWorker = (): Worker =>
  workerOf('worker', `self.packedRuntime = ${JSON.stringify(packedText(RUNTIME))};\n`);
