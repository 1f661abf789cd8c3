import type { Recipe } from '@patternlens/core';
import type { Drawing } from '../looks/drawing.js';
import type { Look } from '../looks/look.js';
import { row, stack, type Block } from '../pages/block.js';
import { colourBarBlock } from '../pages/colour-bar-block.js';
import { methodName } from '../methods/method-names.js';
import { INK } from '../pages/page.js';
import { textBlock } from '../pages/text-block.js';
import type { PictureRenderer } from '../text/renderer.js';
import {
  joinCaption,
  parametersText,
  patternsText,
  reductionText,
  rulesText,
  startText,
} from '../words/recipe-text.js';
import { sharedFacts } from '../words/shared-facts.js';
import { warningLines } from '../words/warning-lines.js';
import type { Sheet, SheetScope } from './sheet.js';
import type { ColumnGroup } from './sheet-columns.js';
import { WARNED } from './sheet-method-column.js';

const BAR_WIDTH = 240;
const BAR_GAP = 20;
/** Longer lines are hard to follow back to their start. */
const LONGEST_LINE = 1100;

/** What the colours of a sheet mean, and how its maps were made. */
export function sheetFooter(
  sheet: Sheet,
  groups: readonly ColumnGroup[],
  look: Look,
  scope: SheetScope,
  width: number,
  renderer: PictureRenderer,
): Block {
  const drawings = groups.flatMap(({ columns }) =>
    columns.flatMap(({ cells }) => cells.map(({ drawing }) => drawing)),
  );
  const text = (words: string, room: number): Block =>
    textBlock(words, Math.min(room, LONGEST_LINE), { size: 11, colour: INK.faint }, renderer);
  const legends = (['heat', 'overlay', 'signal'] as const).flatMap((kind) => {
    const drawing = drawings.find((other) => other.kind === kind);
    if (!drawing) return [];
    const bar = colourBarBlock(kind, look, BAR_WIDTH, { low: '−m', high: '+m' });
    const words = text(legendText(drawing, look, scope), width - BAR_WIDTH - BAR_GAP);
    return [row([bar, words], BAR_GAP)];
  });
  const told = warningsOf(sheet).map((line) => text(`${WARNED} ${line}`, width));
  const notes = (sheet.notes ?? []).map((note) => text(note, width));
  return stack([...legends, ...told, ...notes, text(factsOf(sheet), width)], 12);
}

const warningsOf = ({ methods, rows }: Sheet): readonly string[] =>
  warningLines(
    methods.map(({ recipe, name }, at) => ({
      name: name ?? methodName(recipe.method),
      warnings: rows.map(({ maps }) => maps[at]!.warnings ?? []),
    })),
  );

function legendText(drawing: Drawing, look: Look, scope: SheetScope): string {
  const signal = drawing.kind === 'signal';
  const quantile = signal ? look.signalQuantile : look.quantile;
  const limit =
    quantile === 100 ? 'the largest magnitude' : `the ${quantile} % quantile of magnitudes`;
  const where = `m is ${limit} in each ${scope === 'map' ? 'map' : 'column'}`;
  if (signal) return joinCaption(['signals in the colours of the input: mid-grey is 0', where]);
  return joinCaption([
    drawing.kind === 'overlay'
      ? `heat maps over the input, strength ${look.strength}`
      : 'heat maps',
    reductionText(drawing, look),
    where,
    look.colours.id,
    look.gamma === 1 ? undefined : `gamma ${look.gamma}`,
  ]);
}

/** How the maps were made: what all methods share once, the rest by method. */
function factsOf({ methods }: Sheet): string {
  const facts = (factOf: (recipe: Recipe) => string | undefined): readonly string[] =>
    sharedFacts(
      methods.map(({ recipe, name }) => ({
        name: name ?? methodName(recipe.method),
        fact: factOf(recipe),
      })),
    );
  return joinCaption([
    ...facts(startText),
    ...facts(parametersText),
    ...facts(rulesText),
    ...facts(patternsText),
    ...facts(({ backend }) => backend),
  ]);
}
