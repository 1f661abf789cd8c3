import type { TensorData } from '@patternlens/core';
import type { Drawing } from '../looks/drawing.js';
import { inputDrawing } from '../looks/input-drawing.js';
import type { Look } from '../looks/look.js';
import { singleSize, type Size } from '../looks/sizes.js';
import { row, space, stack, type Block } from '../pages/block.js';
import { colourBarBlock } from '../pages/colour-bar-block.js';
import { drawingBlock } from '../pages/drawing-block.js';
import { INK } from '../pages/page.js';
import { textBlock } from '../pages/text-block.js';
import { numberText } from '../text/number-text.js';
import type { PictureRenderer } from '../text/renderer.js';
import { legendUnit } from '../words/legend-unit.js';
import type { ExplainedMap } from './explained-map.js';

const LINE_HEIGHT = 80;

/** The input and the map with its colour bar: images side by side, strips one below the other, so that their points line up. */
export function mapPanels(
  map: ExplainedMap,
  drawing: Drawing,
  look: Look,
  renderer: PictureRenderer,
): Block {
  const size = singleSize(drawing);
  const over = drawing.kind === 'overlay' ? ' over the input' : '';
  const picture = stack(
    [
      heading(`${map.recipe.group}${over}${rowsOf(map, drawing)}`, size.width, renderer),
      drawingBlock(drawing, size, renderer),
      ...axisWords(map, drawing, size, renderer),
      space(0, 1),
      legend(map, drawing, look, barWidth(size), renderer),
    ],
    5,
  );
  if (!map.input) return picture;
  const input = stack(
    [heading(inputWords(map), size.width, renderer), inputPicture(map, size, renderer)],
    5,
  );
  return drawing.strip ? stack([input, picture], 10) : row([input, picture], 20);
}

/** Numbers of both ends must find room beneath the bar. */
const barWidth = ({ width }: Size): number => Math.max(160, Math.min(320, width));

const heading = (words: string, width: number, renderer: PictureRenderer): Block =>
  textBlock(words, Math.max(width, 120), { size: 12 }, renderer);

function inputPicture(map: ExplainedMap, size: Size, renderer: PictureRenderer): Block {
  const drawing = inputDrawing(map.input!, map.layout, map.axes);
  const { width } = size;
  if (drawing.line) return drawingBlock(drawing, { width, height: LINE_HEIGHT }, renderer);
  return drawingBlock(drawing, drawing.strip ? size : singleSize(drawing), renderer);
}

/** `input`, or `input mask` where there are several. */
const inputWords = ({ inputName }: ExplainedMap): string =>
  inputName === undefined ? 'input' : `input ${inputName}`;

/** What the rows of a strip are. */
function rowsOf({ axes, layout }: ExplainedMap, { strip, height }: Drawing): string {
  if (!strip || height === 1) return '';
  const name = axes?.[layout === 'channels-first' ? 0 : axes.length - 1] ?? 'channels';
  return `, rows are ${name} 0 to ${height - 1}`;
}

/** What stands beneath a picture whose axes do not speak for themselves: of a strip its index, of a volume its slices. */
function axisWords(
  { axes, layout }: ExplainedMap,
  { strip, slices, width }: Drawing,
  size: Size,
  renderer: PictureRenderer,
): Block[] {
  const place = axes?.[layout === 'channels-first' && axes.length > 1 ? 1 : 0];
  if (strip) return [indexAxis(width, size.width, place ?? 'index')];
  if (slices === undefined) return [];
  const words = `${place ?? 'slices'} 0 to ${slices - 1}, row by row`;
  return [textBlock(words, size.width, { size: 11, colour: INK.faint }, renderer)];
}

/** The first and the last index beneath a strip, and what it counts. */
function indexAxis(points: number, width: number, name: string): Block {
  const label = { kind: 'text', y: 11, size: 11, colour: INK.faint } as const;
  const last = { ...label, x: width, anchor: 'end', text: String(points - 1) } as const;
  const middle = { ...label, x: width / 2, anchor: 'middle', text: name } as const;
  return {
    width,
    height: 15,
    marks: points === 1 ? [middle] : [{ ...label, x: 0, text: '0' }, middle, last],
  };
}

/** The colour bar with numbers and their unit, or why there is none. */
function legend(
  map: ExplainedMap,
  drawing: Drawing,
  look: Look,
  width: number,
  renderer: PictureRenderer,
): Block {
  const { state, limit } = drawing.scale!;
  const style = { size: 11, colour: INK.faint };
  if (state !== 'finite') {
    const why = state === 'zero' ? allZero(map.relevance.data) : notFinite(map.relevance.data);
    return textBlock(why, Math.max(width, 200), style, renderer);
  }
  const labels = { low: `−${numberText(limit)}`, high: `+${numberText(limit)}` };
  const bar = colourBarBlock(drawing.kind, look, width, labels);
  const unit = legendUnit(map);
  return stack([bar, textBlock(unit, width, { ...style, anchor: 'middle' }, renderer)], 0);
}

const allZero = (values: TensorData): string =>
  values.some((value) => value !== 0)
    ? 'The channels of every pixel add up to exactly 0.'
    : 'Every value is exactly 0.';

function notFinite(values: TensorData): string {
  const count = values.filter((value) => !Number.isFinite(value)).length;
  return count === 0
    ? 'The values are finite, what their channels add up to is not.'
    : `${count} of ${values.length} values ${count === 1 ? 'is' : 'are'} not finite.`;
}
