import { workerOf } from './start-worker.js';

/** Starts the worker that draws pictures. */
export const startPictureWorker = (): Worker => workerOf('picture-worker');
