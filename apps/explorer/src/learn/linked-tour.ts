import { effect } from '@preact/signals-core';
import type { App } from '../state/app.js';

/** Shows the step of the tour that the address names, once there is something to point at. */
export async function startLinkedTour(app: App, step: number): Promise<void> {
  await new Promise<void>((explained) => {
    const stop = effect(() => {
      if (app.state.firstExplained.value === undefined) return;
      queueMicrotask(() => {
        stop();
      });
      explained();
    });
  });
  const { showTour } = await import('./tour.js');
  showTour(app, step);
}
