import type { App } from '../state/app.js';

/** Takes the keys of the whole page. */
export function takeKeys(app: App): void {
  void app;
}
