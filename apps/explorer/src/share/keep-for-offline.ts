import { effect } from '@preact/signals-core';
import type { App } from '../state/app.js';

/** Keeps the site for use without a network, once the first sample is explained: what is loaded before serves that alone. Where the browser
 * forbids it, or the page comes from a disk, the page works as before. */
export function keepForOffline({ state, address }: App): void {
  if (!location.protocol.startsWith('http') || !('serviceWorker' in navigator)) return;
  const stop = effect(() => {
    if (state.firstExplained.value === undefined) return;
    queueMicrotask(() => {
      stop();
    });
    navigator.serviceWorker.register(address('sw.js')).catch(() => undefined);
  });
}
