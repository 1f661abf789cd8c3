import type { App } from '../state/app.js';
import type { HashRequest } from '../state/hash.js';
import { openDefaultModel } from './default-model.js';

/** Opens what the address asks for: the bundled network on generated data, unless it names others. */
export const openStart = (app: App, request: HashRequest): Promise<void> =>
  openDefaultModel(app, { index: request.index ?? 0 });
