import { place, stack, type Block } from '../pages/block.js';
import { INK, type Mark } from '../pages/page.js';
import { textBlock, type TextStyle } from '../pages/text-block.js';
import type { PictureRenderer } from '../text/renderer.js';
import type { ColumnGroup } from './sheet-columns.js';

/** The name of a column. */
export const HEADING = { size: 12, anchor: 'middle', maxLines: 3 } as const satisfies TextStyle;

/** Small words beneath a heading or a picture. */
export const NOTE: TextStyle = { size: 10.5, colour: INK.faint, anchor: 'middle', maxLines: 2 };

const GROUP: TextStyle = { size: 13, bold: true, colour: INK.strong, anchor: 'middle' };
const GROUP_HEIGHT = 24;
const RULE_AT = 20.5;

/** Names of the groups over a rule each, and names of the columns that end on a common line. */
export function sheetHeadings(
  groups: readonly ColumnGroup[],
  lefts: readonly number[],
  width: number,
  renderer: PictureRenderer,
): Block {
  const names = groups
    .flatMap(({ columns }) => columns)
    .map(({ heading, remark }) =>
      stack(
        [textBlock(heading, width, HEADING, renderer), textBlock(remark, width, NOTE, renderer)],
        1,
      ),
    );
  const height = GROUP_HEIGHT + Math.max(...names.map((name) => name.height));
  const marks: Mark[] = names.flatMap((name, at) => place(name, lefts[at]!, height - name.height));
  let first = 0;
  for (const { name, columns } of groups) {
    const left = lefts[first]!;
    const span = lefts[first + columns.length - 1]! + width - left;
    first += columns.length;
    if (name === '') continue;
    const rule = [left, RULE_AT, left + span, RULE_AT];
    marks.push(...place(textBlock(name, span, GROUP, renderer), left, 0));
    marks.push({ kind: 'line', points: rule, colour: INK.rule });
  }
  return { width: lefts.at(-1)! + width, height, marks };
}
