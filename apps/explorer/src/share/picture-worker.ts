import { createRenderer, type PictureRenderer } from '@patternlens/heatmap';
import { sentFailure, type SentFailure } from '../compute/call-failure.js';
import { drawJob } from './draw-job.js';
import type { PictureRequest } from './picture-job.js';

/** What the worker answers. */
export type PictureReply =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly failure: SentFailure };

/** The worker's own scope; the library for pages has another type for it. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<PictureRequest>) => void;
  postMessage: (reply: PictureReply | 'listening', handedOver: Transferable[]) => void;
};

let renderer: Promise<PictureRenderer> | undefined;

async function answer(request: PictureRequest): Promise<void> {
  if ('parts' in request) {
    renderer = createRenderer(request.parts);
    // Who asks for a picture is told what is wrong with the parts.
    renderer.catch(() => undefined);
    return;
  }
  const { id, job } = request;
  try {
    const bytes = drawJob(await renderer!, job);
    scope.postMessage({ id, bytes }, [bytes.buffer]);
  } catch (thrown) {
    scope.postMessage({ id, failure: sentFailure(thrown) }, []);
  }
}

scope.onmessage = ({ data }) => void answer(data);
scope.postMessage('listening', []);
