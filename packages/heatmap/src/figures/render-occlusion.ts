import { COLOUR_MAPS } from '../colours/colour-maps.js';
import { inputDrawing } from '../looks/input-drawing.js';
import { lookOf } from '../looks/look.js';
import { mapDrawing } from '../looks/map-drawing.js';
import { singleSize, type Size } from '../looks/sizes.js';
import type { Plane } from '../maps/reduce-channels.js';
import { drawingBlock } from '../pages/drawing-block.js';
import { place, row, space, stack, type Block } from '../pages/block.js';
import { INK, type Mark } from '../pages/page.js';
import { textBlock } from '../pages/text-block.js';
import { createPicture, type Colour, type Picture } from '../pictures/picture.js';
import { heatToRgb } from '../pictures/heat-to-rgb.js';
import { resizePlane } from '../pictures/resample.js';
import { numberText } from '../text/number-text.js';
import type { PictureRenderer } from '../text/renderer.js';
import { joinCaption, methodText, startText } from '../words/recipe-text.js';
import { framed, renderFigure, TITLE, type RenderedFigure } from './figure.js';
import type { OcclusionFigure } from './occlusion-figure.js';

const GAP = 18;
const LEAST_PANEL = 150;
const LARGEST_PANEL = 240;
const BAR = 10;
/** Room for a heading and its note. */
const HEADER = 60;
const LABEL = { size: 11, colour: INK.normal } as const;
/** Clear from each other, for the classes that are seen most; further ones are grey together. */
const PALETTE: readonly Colour[] = [
  [78, 121, 167],
  [242, 142, 43],
  [89, 161, 79],
  [225, 87, 89],
  [176, 122, 161],
  [237, 201, 72],
  [118, 183, 178],
  [156, 117, 95],
  [255, 157, 167],
  [44, 44, 44],
];
const OTHERS: Colour = [190, 190, 190];
const css = (colour: Colour): string => `rgb(${colour.join(',')})`;

/** Values as they are seen from the least to the largest of them. */
function rangeOf({ values }: Plane): { readonly low: number; readonly high: number } {
  return {
    low: values.reduce((least, value) => Math.min(least, value), Infinity),
    high: values.reduce((highest, value) => Math.max(highest, value), -Infinity),
  };
}

function viridis(plane: Plane, low: number, high: number): Picture {
  const values = plane.values.map((value) => (high > low ? (value - low) / (high - low) : 0.5));
  return heatToRgb(
    { ...plane, values },
    { limit: 1, quantile: 100, state: 'finite' },
    COLOUR_MAPS.viridis,
  );
}

function pictureBlock(picture: Picture): Block {
  const { width, height } = picture;
  const border: Mark = { kind: 'box', x: 0, y: 0, width, height, border: INK.rule };
  return { width, height, marks: [{ kind: 'raster', x: 0, y: 0, picture }, border] };
}

/** A map over the square's positions: squares of colour, over a bar from its least to its largest value. */
function positionsBlock(plane: Plane, size: Size, renderer: PictureRenderer): Block {
  const { low, high } = rangeOf(plane);
  const resized = resizePlane(plane, size.width, size.height, 'nearest');
  const ramp: Plane = {
    values: Float64Array.from({ length: size.width * BAR }, (_, at) => at % size.width),
    width: size.width,
    height: BAR,
  };
  const words = (text: string, anchor: 'start' | 'end'): Block =>
    textBlock(text, size.width, { ...LABEL, anchor }, renderer);
  const least = words(numberText(low), 'start');
  const legend =
    high > low
      ? [
          pictureBlock(viridis(ramp, 0, size.width - 1)),
          { ...least, marks: [...least.marks, ...words(numberText(high), 'end').marks] },
        ]
      : [words(`${numberText(low)} everywhere`, 'start')];
  return stack([pictureBlock(viridis(resized, low, high)), space(size.width, 2), ...legend], 3);
}

/** Classes by colour, those of most positions first, and their names. */
function classesBlock(
  { classes, nameOf }: OcclusionFigure,
  size: Size,
  renderer: PictureRenderer,
): Block {
  const counts = new Map<number, number>();
  for (const index of classes.values) counts.set(index, (counts.get(index) ?? 0) + 1);
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const colours = new Map(ordered.map(([index], at) => [index, PALETTE[at] ?? OTHERS]));
  const { values } = resizePlane(classes, size.width, size.height, 'nearest');
  const picture = createPicture(size.width, size.height, (data, offset, at) => {
    data.set(colours.get(values[at]!)!, offset);
  });
  const total = classes.values.length;
  const line = (colour: Colour, name: string, count: number): Block => {
    const words = textBlock(
      `${name} (${Math.round((100 * count) / total)} %)`,
      size.width - 16,
      { ...LABEL, maxLines: 1 },
      renderer,
    );
    const swatch: Mark = { kind: 'box', x: 0, y: 3, width: 10, height: 10, fill: css(colour) };
    return { ...words, width: size.width, marks: [swatch, ...place(words, 16, 0)] };
  };
  const named = ordered
    .slice(0, PALETTE.length)
    .map(([index, count], at) => line(PALETTE[at]!, nameOf(index), count));
  const rest = ordered.slice(PALETTE.length);
  const others = rest.reduce((sum, [, count]) => sum + count, 0);
  return stack(
    [
      pictureBlock(picture),
      space(size.width, 2),
      ...named,
      ...(rest.length > 0 ? [line(OTHERS, `${rest.length} other classes`, others)] : []),
    ],
    3,
  );
}

function panel(heading: string, note: string, body: Block, renderer: PictureRenderer): Block {
  const { width } = body;
  const words = stack(
    [
      textBlock(heading, width, { size: 12, bold: true, maxLines: 2 }, renderer),
      textBlock(note, width, { size: 10.5, colour: INK.faint, maxLines: 3 }, renderer),
    ],
    1,
  );
  const header = { width, height: HEADER, marks: place(words, 0, HEADER - words.height) };
  return stack([header, body], 4);
}

/** The image, and by the position of the square: the feature map's total activation, its projection, the probability of the class, and the most
 * probable class with its legend (Zeiler and Fergus 2014, figure 7).
 * @throws PatternLensError `invalid-shape` for tensors that are no image of the layout. */
export function renderOcclusion(
  renderer: PictureRenderer,
  figure: OcclusionFigure,
  { zoom }: { readonly zoom?: number | undefined } = {},
): RenderedFigure {
  const { layout, projection, layer, channel } = figure;
  const input = inputDrawing(figure.input, layout);
  const inputSize = singleSize(input);
  const longest = Math.max(inputSize.width, inputSize.height);
  const factor = Math.max(LEAST_PANEL, Math.min(LARGEST_PANEL, longest)) / longest;
  const size = {
    width: Math.max(LEAST_PANEL, Math.round(inputSize.width * factor)),
    height: Math.max(1, Math.round(inputSize.height * factor)),
  };
  const map = mapDrawing(
    {
      relevance: projection.relevance,
      layout,
      group: projection.recipe.group,
      input: figure.input,
    },
    lookOf({ signalQuantile: 99.9 }),
  );
  const panels = row(
    [
      panel('Image', 'as the network takes it', drawingBlock(input, size, renderer), renderer),
      panel(
        '(a) Total activation',
        `feature map ${channel} of ${layer}, by the position of the square`,
        positionsBlock(figure.activation, size, renderer),
        renderer,
      ),
      panel(
        '(b) Projection',
        'of its strongest activation, without the square; mid-grey is 0',
        drawingBlock(map, size, renderer),
        renderer,
      ),
      panel(
        '(c) Probability',
        `of ${figure.className}, by the position of the square`,
        positionsBlock(figure.probability, size, renderer),
        renderer,
      ),
      panel(
        '(d) Most probable class',
        'by the position of the square',
        classesBlock(figure, size, renderer),
        renderer,
      ),
    ],
    GAP,
  );
  const { recipe } = projection;
  const facts = joinCaption([
    `projection: ${methodText(recipe)}`,
    startText(recipe),
    'scale: the 99.9 % quantile of magnitudes',
    recipe.backend,
  ]);
  const body = stack(
    [
      textBlock(figure.title, panels.width, TITLE, renderer),
      textBlock(figure.caption, panels.width, { size: 12 }, renderer),
      panels,
      space(panels.width, 4),
      textBlock(facts, panels.width, { size: 11, colour: INK.faint }, renderer),
    ],
    5,
  );
  const embedded = { format: 'patternlens-occlusion', layer, channel, recipe };
  return renderFigure({ page: framed(body, figure.title), recipe: embedded }, renderer, zoom);
}
