import { refusalOf } from '../explain/refusal.js';
import type { App } from '../state/app.js';
import { track } from '../state/track.js';
import { comparedSetting } from './compared-setting.js';
import { emptyRow } from './comparison.js';
import { backendsParts, tickedOf } from './parts.js';
import { cutOff, runComparison } from './run-comparison.js';

/** Compares the current sample, class and methods on the backends that are ticked; a comparison that runs is ended. */
export async function compareBackends(app: App): Promise<void> {
  const { state } = app;
  const parts = backendsParts(app);
  parts.cancel?.();
  const setting = comparedSetting(app);
  const ids = tickedOf(parts);
  if (!setting || ids.length === 0) return;
  const { facts } = setting.model;
  const methods = state.methods
    .peek()
    .filter(
      (method) => refusalOf(method, facts.methods, setting.patterns !== undefined) === undefined,
    );
  if (methods.length === 0) return;
  const texts = methods.map(({ text }) => text);
  if (!texts.includes(parts.shown.peek() ?? ''))
    parts.shown.value = texts.find((text) => text === 'pattern-attribution') ?? texts[0];
  parts.handed.value = '';
  parts.blink.value = { first: ids[0], second: 'reference', isSecond: false };
  parts.comparison.value = {
    ...{ setting, methods },
    reference: emptyRow('reference'),
    rows: ids.map(emptyRow),
    step: { what: '', done: 0, total: (ids.length + 1) * methods.length },
  };
  const controller = new AbortController();
  const cancel = (): void => {
    controller.abort();
    for (const id of ['reference', ...ids] as const) parts.engine.end(id);
    parts.comparison.value = cutOff(parts.comparison.peek()!);
  };
  parts.cancel = cancel;
  await track(state, 'Comparing backends', () =>
    runComparison({ parts, setting, methods, signal: controller.signal }),
  );
  if (parts.cancel === cancel) parts.cancel = undefined;
}
