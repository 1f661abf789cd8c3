import { lookOf } from '../looks/look.js';
import { mapDrawing } from '../looks/map-drawing.js';
import { methodName } from '../methods/method-names.js';
import { space, stack } from '../pages/block.js';
import { INK } from '../pages/page.js';
import { textBlock } from '../pages/text-block.js';
import type { PictureRenderer } from '../text/renderer.js';
import { joinFacts } from '../words/recipe-text.js';
import { targetName, valueText } from '../words/target-text.js';
import { warningTexts } from '../words/warning-lines.js';
import type { ExplainedMap, MapOptions } from './explained-map.js';
import { framed, TITLE, type Figure } from './figure.js';
import { embeddedRecipe, mapCaption } from './map-caption.js';
import { mapPanels } from './map-panels.js';

const LEAST_WIDTH = 340;

/** The page of one map: what was explained, the input and the map, a colour bar and the recipe. */
export function mapFigure(
  renderer: PictureRenderer,
  map: ExplainedMap,
  options: MapOptions,
): Figure {
  const { recipe, target, warnings = [] } = map;
  const look = lookOf(options);
  const drawing = mapDrawing({ ...map, group: recipe.group }, look);
  const panels = mapPanels(map, drawing, look, renderer);
  const width = Math.max(panels.width, LEAST_WIDTH);
  const method = methodName(recipe.method);
  const name = map.inputName === undefined ? method : `${method} at input ${map.inputName}`;
  const explained = joinFacts([targetName(target), valueText(target)]);
  const caption = mapCaption(map, drawing, look);
  const body = stack(
    [
      textBlock(name, width, TITLE, renderer),
      textBlock(explained, width, { size: 13, maxLines: 3 }, renderer),
      space(width, 2),
      panels,
      space(width, 2),
      ...warningTexts(warnings).map((text) => textBlock(text, width, { size: 11 }, renderer)),
      textBlock(caption, width, { size: 11, colour: INK.faint }, renderer),
    ],
    4,
  );
  return {
    page: framed(body, `${name}, ${explained}`),
    recipe: embeddedRecipe(map, drawing, look),
  };
}
