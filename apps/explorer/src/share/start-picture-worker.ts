import { workerFromAddress } from '@patternlens/page';
import url from './picture-worker.js?worker&url';

/** Starts the worker that draws pictures. */
export const startPictureWorker = (): Worker =>
  workerFromAddress(new URL(url, document.baseURI).href);
