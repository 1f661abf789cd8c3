import { CallFailure } from '../compute/call-failure.js';
import type { App } from '../state/app.js';
import type { PictureJob, PictureRequest } from './picture-job.js';
import { loadPictureParts } from './picture-parts.js';
import type { PictureReply } from './picture-worker.js';
import { startPictureWorker } from './start-picture-worker.js';

interface Pending {
  readonly done: (bytes: Uint8Array) => void;
  readonly failed: (failure: CallFailure) => void;
}

/** A worker that draws one picture after the other. */
interface Drawer {
  readonly draw: (job: PictureJob) => Promise<Uint8Array>;
}

let started: Promise<Drawer> | undefined;

async function startDrawer({ address }: App): Promise<Drawer> {
  const parts = await loadPictureParts(address);
  const worker = startPictureWorker();
  const pending = new Map<number, Pending>();
  let last = 0;
  const send = (request: PictureRequest): void => {
    worker.postMessage(request);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<PictureReply | 'listening'>) => {
    if (data === 'listening') {
      send({ parts });
      return;
    }
    const waiting = pending.get(data.id);
    pending.delete(data.id);
    if ('bytes' in data) waiting?.done(data.bytes);
    else waiting?.failed(new CallFailure(data.failure));
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    started = undefined;
    worker.terminate();
    for (const { failed } of pending.values())
      failed(
        new CallFailure({
          code: 'failed',
          sentence: 'The worker that draws pictures stopped. Try it again.',
          subject: {},
          cause: (event as Partial<ErrorEvent>).message,
        }),
      );
  });
  await new Promise<void>((ready, failed) => {
    const once = { once: true };
    worker.addEventListener(
      'message',
      () => {
        ready();
      },
      once,
    );
    worker.addEventListener(
      'error',
      () => {
        failed(new Error('The worker that draws pictures could not start.'));
      },
      once,
    );
  });
  return {
    draw: (job) =>
      new Promise((done, failed) => {
        const id = ++last;
        pending.set(id, { done, failed });
        send({ id, job });
      }),
  };
}

/** Draws a picture's file away from the page, with the command's renderer and fonts, which are loaded at the first picture.
 * @throws where they can't be loaded, or the picture can't be drawn. */
export async function drawPictureFile(app: App, job: PictureJob): Promise<Uint8Array> {
  started ??= startDrawer(app);
  const drawer = await started.catch((cause: unknown) => {
    started = undefined;
    throw cause;
  });
  return drawer.draw(job);
}
