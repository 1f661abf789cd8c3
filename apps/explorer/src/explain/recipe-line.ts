import { methodName, type Scale } from '@patternlens/heatmap';
import { timeText } from '@patternlens/page';
import type { Explanation } from '@patternlens/core';
import type { Look } from '../state/look.js';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { shownMap, type ShownMap } from './shown-map.js';

type Recipe = Explanation['recipe'];

const parametersOf = ({ parameters }: Recipe): string[] =>
  Object.entries(parameters).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? value.join('/') : value}`,
  );

const quantileOf = ({ quantile }: Scale): string => `|q| ${quantile}`;

function coloursOf({ kind, scale, samples }: ShownMap, look: Look): string[] {
  const scope = samples > 1 ? `one scale for ${samples} samples` : 'own scale';
  if (kind === 'signal') return ['mid-grey is 0', quantileOf(scale), scope];
  return [
    'sum over channels',
    quantileOf(scale),
    look.colours,
    ...(look.gamma === 1 ? [] : [`gamma ${look.gamma}`]),
    ...(kind === 'overlay' ? [`overlay ${look.strength}`] : []),
    scope,
  ];
}

/** How a map was made, in one line: enough to make it again. */
export function recipeLine(app: App, method: ChosenMethod): string {
  const { state } = app;
  const result = state.results.value.get(method.text);
  const shown = shownMap(app, method);
  if (!result?.explanation || !shown) return '';
  const { recipe } = result.explanation;
  const { start, patternSamples, backend } = recipe;
  return [
    methodName(method.id),
    ...parametersOf(recipe),
    `start ${start === 'one' ? 1 : start}`,
    ...(patternSamples === undefined ? [] : [`patterns of ${patternSamples} samples`]),
    ...coloursOf(shown, state.look.value),
    backend,
    ...(result.ms === undefined ? [] : [timeText(result.ms)]),
  ].join(' · ');
}
