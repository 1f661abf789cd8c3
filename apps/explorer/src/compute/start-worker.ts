import { workerFromAddress } from '@patternlens/page';
import url from './worker.js?worker&url';

/** Starts a worker that answers calls. */
export const startWorker = (): Worker => workerFromAddress(new URL(url, document.baseURI).href);
