import { stack, type Block } from '../pages/block.js';
import { INK } from '../pages/page.js';
import { textBlock } from '../pages/text-block.js';
import type { PictureRenderer } from '../text/renderer.js';
import { widestText } from '../text/widest-text.js';
import { joinFacts } from '../words/recipe-text.js';
import { targetId, valueText } from '../words/target-text.js';
import type { SheetRow } from './sheet.js';

/** What a row's label says: the class, its number and score, and the truth. */
const labelLines = ({ target, trueName }: SheetRow): readonly [string, string, string] => [
  target.name ?? targetId(target),
  joinFacts([target.name === undefined ? undefined : targetId(target), valueText(target)]),
  trueName === undefined ? '' : `true: ${trueName}`,
];

/** The width that the labels of all rows want, within bounds. */
export function labelWidthOf(rows: readonly SheetRow[], renderer: PictureRenderer): number {
  const lines = rows.map(labelLines);
  const names = lines.map(([name]) => name);
  const rest = lines.flatMap(([, ...others]) => others);
  const wanted = Math.max(
    widestText(names, 12, true, renderer),
    widestText(rest, 11, false, renderer),
  );
  return Math.round(Math.max(80, Math.min(170, wanted + 1)));
}

/** The label of a row, wrapped to the width. */
export function rowLabel(row: SheetRow, width: number, renderer: PictureRenderer): Block {
  const [name, facts, truth] = labelLines(row);
  return stack(
    [
      textBlock(name, width, { size: 12, bold: true, colour: INK.strong, maxLines: 3 }, renderer),
      textBlock(facts, width, { size: 11, maxLines: 2 }, renderer),
      textBlock(truth, width, { size: 11, maxLines: 2 }, renderer),
    ],
    1,
  );
}
