import type { Tensor } from '@patternlens/core';
import type { Drawing } from '../looks/drawing.js';
import { inputDrawing } from '../looks/input-drawing.js';
import { lookOf, type Look } from '../looks/look.js';
import { mapDrawing, scaleOfMaps, type ShownMap } from '../looks/map-drawing.js';
import { cropField } from '../maps/crop-field.js';
import { row, space, stack, type Block } from '../pages/block.js';
import { colourBarBlock } from '../pages/colour-bar-block.js';
import { INK } from '../pages/page.js';
import { textBlock } from '../pages/text-block.js';
import type { PixelBox } from '../pictures/crop-picture.js';
import type { PictureRenderer } from '../text/renderer.js';
import {
  joinCaption,
  methodText,
  patternsText,
  rulesText,
  startText,
} from '../words/recipe-text.js';
import {
  activationCell,
  boxOf,
  cellGrid,
  scaleOfCells,
  type CellScale,
} from './activation-cells.js';
import type {
  ActivationGroup,
  ActivationSheet,
  ActivationSheetOptions,
} from './activation-sheet.js';
import { framed, renderFigure, TITLE, type RenderedFigure } from './figure.js';

const ROOM = 1400;
const CELL_GAP = 3;
const PAIR_GAP = 10;
const GROUP_GAP = 32;
const BAR_WIDTH = 200;
const LEAST_WIDTH = 520;
/** A few strong pixels would leave the rest of a large projection grey. */
const SIGNAL_QUANTILE = 99.9;

/** One feature map, its drawings made. */
interface DrawnGroup {
  readonly group: ActivationGroup;
  readonly maps: readonly Drawing[];
  readonly inputs: readonly Drawing[];
  readonly boxes: readonly PixelBox[];
}

/** Relevance of one feature map compares: powers of two that were carried apart are put back relative to the largest. */
function aligned(group: ActivationGroup): readonly Tensor[] {
  const largest = Math.max(...group.patches.map(({ exponent = 0 }) => exponent));
  return group.patches.map(({ relevance, exponent = 0 }) =>
    exponent === largest
      ? relevance
      : {
          shape: relevance.shape,
          data: Float64Array.from(relevance.data, (value) => value * 2 ** (exponent - largest)),
        },
  );
}

function drawnGroup(group: ActivationGroup, sheet: ActivationSheet, look: Look): DrawnGroup {
  const { layout, axes, recipe } = sheet;
  const relevances = aligned(group);
  const shown: ShownMap[] = group.patches.map(({ input }, at) => ({
    relevance: relevances[at]!,
    layout,
    axes,
    group: recipe.group,
    input,
  }));
  // The values within the field alone make the scale: around it there is nothing but zeros.
  const within = shown.map((map, at) => ({
    ...map,
    relevance: cropField(map.relevance, group.patches[at]!.field),
  }));
  const scale = shown.length === 0 ? undefined : scaleOfMaps(within, look);
  const maps = shown.map((map) => mapDrawing(map, look, scale));
  return {
    group,
    maps,
    inputs: group.patches.map(({ input }) => inputDrawing(input, layout, axes)),
    boxes: group.patches.map(({ field }, at) => boxOf(field, layout, maps[at]!)),
  };
}

function groupBlock(
  { group, maps, inputs, boxes }: DrawnGroup,
  sheet: ActivationSheet,
  scale: CellScale,
  renderer: PictureRenderer,
): Block {
  const columns = Math.ceil(Math.sqrt(sheet.top));
  const grid = (drawings: readonly Drawing[]): Block =>
    cellGrid(
      Array.from({ length: sheet.top }, (_, at) => activationCell(drawings[at], boxes[at], scale)),
      columns,
      CELL_GAP,
    );
  const pair = row([grid(maps), grid(inputs)], PAIR_GAP);
  const state = maps[0]?.scale?.state ?? 'finite';
  const words = [
    group.note,
    state === 'zero' ? 'the projections are zero everywhere' : undefined,
    state === 'not-finite' ? 'the projections are not finite' : undefined,
  ].filter((fact) => fact !== undefined);
  return stack(
    [
      textBlock(`Feature map ${group.channel}`, pair.width, { size: 13, bold: true }, renderer),
      textBlock(
        words.join('; '),
        pair.width,
        { size: 10.5, colour: INK.faint, maxLines: 2 },
        renderer,
      ),
      space(pair.width, 2),
      pair,
    ],
    2,
  );
}

function legend(
  drawn: readonly DrawnGroup[],
  look: Look,
  width: number,
  renderer: PictureRenderer,
): Block {
  const drawing = drawn.flatMap(({ maps }) => maps)[0];
  if (!drawing) return space(width, 0);
  const bar = colourBarBlock(drawing.kind, look, BAR_WIDTH, { low: '−m', high: '+m' });
  const quantile = drawing.kind === 'signal' ? look.signalQuantile : look.quantile;
  const words = joinCaption([
    drawing.kind === 'signal' ? 'in the colours of the input, mid-grey is 0' : look.colours.id,
    `m is ${quantile === 100 ? 'the largest magnitude' : `the ${quantile} % quantile of magnitudes`} of each feature map`,
  ]);
  return row(
    [
      bar,
      textBlock(
        words,
        Math.max(120, width - BAR_WIDTH - 20),
        { size: 11, colour: INK.faint },
        renderer,
      ),
    ],
    20,
  );
}

/** What excites feature maps: for each a grid of projections, strongest first, beside the patches of the inputs that they are projected
 * into, both cropped to the receptive field (Zeiler and Fergus 2014, figure 2).
 * @throws PatternLensError `invalid-argument` for a look out of range, `invalid-shape` for a sheet too large to draw. */
export function renderActivations(
  renderer: PictureRenderer,
  sheet: ActivationSheet,
  options: ActivationSheetOptions = {},
): RenderedFigure {
  const look = lookOf({ ...options, signalQuantile: options.signalQuantile ?? SIGNAL_QUANTILE });
  const drawn = sheet.groups.map((group) => drawnGroup(group, sheet, look));
  const boxes = drawn.flatMap((group) => group.boxes);
  const first = drawn.flatMap(({ maps }) => maps)[0];
  const scale = first ? scaleOfCells(boxes, first) : { cell: { width: 24, height: 24 }, zoom: 1 };
  const blocks = drawn.map((group) => groupBlock(group, sheet, scale, renderer));
  const each = Math.max(0, ...blocks.map(({ width }) => width));
  const columns =
    options.columns ?? Math.max(1, Math.floor((ROOM + GROUP_GAP) / (each + GROUP_GAP)));
  const lines: Block[] = [];
  for (let at = 0; at < blocks.length; at += columns)
    lines.push(row(blocks.slice(at, at + columns), GROUP_GAP));
  const width = Math.max(LEAST_WIDTH, ...lines.map((line) => line.width));
  const { recipe } = sheet;
  const facts = joinCaption([
    methodText(recipe),
    startText(recipe),
    rulesText(recipe),
    patternsText(recipe),
    recipe.backend,
  ]);
  const body = stack(
    [
      textBlock(sheet.title, width, TITLE, renderer),
      textBlock(sheet.caption, width, { size: 12 }, renderer),
      space(width, 4),
      stack(lines, 20),
      space(width, 6),
      legend(drawn, look, width, renderer),
      textBlock(facts, width, { size: 11, colour: INK.faint }, renderer),
    ],
    5,
  );
  const embedded = {
    format: 'patternlens-activations',
    layer: sheet.layer,
    recipe,
    look: { ...look, colours: look.colours.id },
    channels: sheet.groups.map(({ channel }) => channel),
  };
  return renderFigure(
    { page: framed(body, sheet.title), recipe: embedded },
    renderer,
    options.zoom,
  );
}
