import type { Failure } from './failure.js';

/** A way in which backends fail in pages: how it shows, and what a person is told. */
interface Symptom {
  readonly sign: RegExp;
  /** The device lacks something, as opposed to a fault. */
  readonly lacking: boolean;
  readonly sentence: (found: RegExpExecArray, backend: string) => string;
}

/** An address in a runtime's message. */
const ADDRESS = /(?:https?:\/\/|\/)[^\s'"()]+\.wasm\b[^\s'"()]*/;

/** The first that matches is shown. */
const SYMPTOMS: readonly Symptom[] = [
  {
    sign: /(?<!wasm-)unsafe-eval/i,
    lacking: true,
    sentence: (_, backend) =>
      `${backend} makes kernels from text, which this page's policy forbids. gpujs:wasm does the same work.`,
  },
  {
    sign: /wasm-unsafe-eval|webassembly.{0,80}content security policy/i,
    lacking: true,
    sentence: (_, backend) =>
      `${backend} needs WebAssembly, which this page's policy forbids. The policy has to allow 'wasm-unsafe-eval'.`,
  },
  {
    // Bytes of `<!DO` or `<htm`: servers answer with a page where a file is missing.
    sign: /expected magic word 00 61 73 6d, found 3c|incorrect response MIME type|unexpected token '?<|not a valid wasm/i,
    lacking: false,
    sentence: ({ input }) =>
      `The WebAssembly file was not found at ${ADDRESS.exec(input)?.[0] ?? 'its address'} (the server sent a web page). Serve the runtime's files beside the page.`,
  },
  {
    sign: /failed to fetch|error loading dynamically imported module|importing a module script failed|networkerror|both async and sync fetching of the wasm failed/i,
    lacking: false,
    sentence: ({ input }) =>
      `A file of the runtime could not be loaded${ADDRESS.test(input) ? ` (${ADDRESS.exec(input)![0]})` : ''}: it is blocked, or the server does not have it.`,
  },
  {
    sign: /context[ _]lost|lost[ _]context|device (?:was |is )?lost|webgl context was lost|gpudevice.*destroyed/i,
    lacking: false,
    sentence: (_, backend) =>
      `The graphics device was lost while ${backend} ran. Run it again, or continue on ${backend.split(':')[0]!}:wasm.`,
  },
  {
    sign: /out of memory|cannot enlarge memory|array buffer allocation failed|allocation failed|memory\.grow|could not allocate memory/i,
    lacking: false,
    sentence: () => 'Not enough memory for this model on this device.',
  },
  {
    sign: /webgpu.{0,80}(?:not found|not available|not supported|unavailable|undefined|no adapter)|no (?:available|appropriate|suitable) (?:webgpu |gpu )?adapter|failed to get (?:the )?gpu ?adapter|requestadapter|no available backend found.*webgpu/i,
    lacking: true,
    sentence: () => 'WebGPU is not available in this browser. Use a backend on WASM.',
  },
  {
    sign: /(?:worker|offscreencanvas).*webgl|webgl.*(?:worker|offscreencanvas)/i,
    lacking: true,
    sentence: (_, backend) =>
      `WebGL can't be used inside a worker here, so ${backend} can't run there. Use a backend on WASM, or run it in the page.`,
  },
  {
    sign: /initialization of backend webgl failed|webgl.{0,80}(?:not supported|unsupported|not available|unavailable|disabled|creation failed|blocked)|(?:getting|creating|create) (?:a )?webgl2? ?context|failifmajorperformancecaveat/i,
    lacking: true,
    sentence: () =>
      'WebGL2 is not available: there is no hardware GPU, or it is blocked (see chrome://gpu). Use a backend on WASM.',
  },
];

/** A failure in the words of the page, the runtime's own message behind them; as it is where its symptom is not known. */
export function explainFailure(backend: string, failure: Failure): Failure {
  const said = [failure.reason, failure.cause].filter((text) => text !== undefined).join(' ');
  for (const { sign, lacking, sentence } of SYMPTOMS) {
    if (!sign.test(said)) continue;
    const found = sign.exec(said)!;
    return {
      kind: lacking ? 'lacking' : 'failed',
      reason: sentence(found, backend),
      cause: said,
    };
  }
  return failure;
}

/** A note for a page whose WebAssembly has one thread. */
export const oneThread = (isIsolated: boolean): string | undefined =>
  isIsolated
    ? undefined
    : 'Running on one thread: this site does not send COOP/COEP headers (the page is not cross-origin isolated).';

/** A note on a backend that computes in half precision. */
export const halfPrecision = (precision: string | undefined): string | undefined =>
  precision === 'float16'
    ? 'Half precision: the map may differ. Compute it again on WASM.'
    : undefined;
