import { valueText } from '@patternlens/page';
import type { App } from '../state/app.js';
import { shownInput } from './input-picture.js';
import { methodLabel } from './method-label.js';
import { pictured } from './pictured.js';
import { signed } from './signed.js';

/** What all maps say at the cursor, and the truth there; undefined without a cursor. */
export function cursorReading({ state }: Pick<App, 'state'>): string | undefined {
  const cursor = state.cursor.value;
  const input = shownInput(state);
  const current = state.sample.value;
  if (!cursor || !input || !current) return undefined;
  const { row, column } = cursor;
  const valueOf = (tensor: Parameters<typeof pictured>[0] | undefined): string | undefined => {
    if (!tensor) return undefined;
    const { plane } = pictured(tensor, input.axes);
    const value = plane.values[row * plane.width + column];
    return value === undefined ? undefined : signed(value, valueText);
  };
  const maps = state.methods.value.flatMap((method) => {
    const { explanation, status } = state.results.value.get(method.text) ?? {};
    const value = status === 'done' && valueOf(explanation?.relevanceByInput[input.name]);
    return value ? [`${methodLabel(method, state.methods.value)} ${value}`] : [];
  });
  const { truth } = current.sample;
  const known = truth
    ? [
        `signal ${valueOf(truth.signal)}`,
        `distractor ${valueOf(truth.distractor)}`,
        truth.mask.data[row * truth.mask.shape.at(-1)! + column]
          ? 'in the mask'
          : 'outside the mask',
      ]
    : [];
  return [
    `row ${row + 1}, column ${column + 1}`,
    `input ${valueOf(current.sample.inputs[input.name])}`,
    ...maps,
    ...known,
  ].join(' · ');
}
