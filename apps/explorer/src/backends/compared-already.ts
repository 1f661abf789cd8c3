import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { agrees } from './agrees.js';
import type { ComparedSetting } from './compared-setting.js';
import type { CurrentCheck } from './current-check.js';
import { LIMIT } from './limits.js';
import { backendsParts } from './parts.js';
import { rowNumbers } from './tell-comparison.js';

/** What a comparison of the same says of the backend in use; undefined where there is none. */
export function comparedAlready(
  app: App,
  setting: ComparedSetting,
  methods: readonly ChosenMethod[],
): CurrentCheck | undefined {
  const comparison = backendsParts(app).comparison.value;
  const row = comparison?.rows.find(({ id }) => id === app.state.backend.value);
  if (row?.status !== 'done' || comparison?.setting.key !== setting.key) return undefined;
  if (!methods.every(({ text }) => row.cells.get(text)?.agreement)) return undefined;
  const { equalGates, clear, sameClass } = rowNumbers(row);
  const isEqual = agrees({ equalGates, clear, sameClass }, LIMIT);
  return { status: 'done', error: equalGates!, isEqual };
}
