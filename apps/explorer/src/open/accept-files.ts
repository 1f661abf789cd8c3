import type { App } from '../state/app.js';

/** Takes what is dropped, pasted or chosen, anywhere on the page. */
export function acceptFiles(app: App): void {
  void app;
}
