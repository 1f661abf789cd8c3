import type { Drawing } from '../looks/drawing.js';
import type { Look } from '../looks/look.js';
import { singleSize } from '../looks/sizes.js';
import { powerOfTwo } from '../text/number-text.js';
import {
  joinCaption,
  lookText,
  methodText,
  patternsText,
  rulesText,
  startText,
} from '../words/recipe-text.js';
import { targetName, valueText } from '../words/target-text.js';
import type { ExplainedMap } from './explained-map.js';

/** The recipe of a map in a line: method, target, how the numbers were made, how they became colours. */
export function mapCaption(map: ExplainedMap, drawing: Drawing, look: Look): string {
  const { recipe, target, exponent = 0 } = map;
  const value = valueText(target);
  const columns = singleSize(drawing).width;
  return joinCaption([
    methodText(recipe),
    value === undefined ? targetName(target) : `${targetName(target)} (${value})`,
    startText(recipe),
    rulesText(recipe),
    ...lookText(drawing, look, map.layout !== 'no-channels'),
    exponent === 0 ? undefined : `× ${powerOfTwo(exponent)}`,
    columns < drawing.width
      ? `${drawing.width} points in ${columns} columns, the largest of each`
      : undefined,
    patternsText(recipe),
    recipe.backend,
    ...(map.notes ?? []),
  ]);
}

/** The recipe that travels in the PNG: enough to explain again and to draw the same picture. */
export function embeddedRecipe(map: ExplainedMap, drawing: Drawing, look: Look): unknown {
  const { recipe, target, exponent = 0, layout } = map;
  return {
    format: 'patternlens-map',
    recipe,
    target,
    exponent,
    ...(map.warnings === undefined || map.warnings.length === 0 ? {} : { warnings: map.warnings }),
    layout,
    axes: map.axes,
    input: map.inputName,
    preprocessing: map.input?.preprocessing,
    notes: map.notes ?? [],
    look: { ...look, colours: look.colours.id, kind: drawing.kind },
    scale: drawing.scale,
  };
}
