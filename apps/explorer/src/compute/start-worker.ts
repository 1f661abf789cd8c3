import { startModuleWorker } from '@patternlens/page';
import url from './worker.js?worker&url';

/** Starts a worker that answers calls. */
export const startWorker = (): Worker => startModuleWorker(new URL(url, document.baseURI).href);
