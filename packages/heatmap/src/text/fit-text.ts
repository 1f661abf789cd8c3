import { cleanText } from './clean-text.js';

/** The width of a text in pixels. */
export type Measure = (text: string) => number;

const ELLIPSIS = '…';

/** The text in lines no wider than the width, broken at spaces, behind hyphens (not behind those of an option, `--out`), underscores, slashes and commas, and within a
 * word only where the word alone is too wide. What exceeds the number of lines ends in an ellipsis. */
export function wrapText(
  text: string,
  width: number,
  measure: Measure,
  maxLines = Infinity,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of cleanText(text).split(/(?<=[ _/,])|(?<=[^ -]-)(?!-)/u)) {
    if (measure((line + piece).trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    line = piece;
    while (measure(line.trimEnd()) > width) {
      const head = longestHead(line, width, measure);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line !== '') lines.push(line.trimEnd());
  if (lines.length <= maxLines) return lines;
  const last = lines.slice(maxLines - 1).join(' ');
  return [...lines.slice(0, maxLines - 1), shorten(last, width, measure)];
}

/** The text on one line no wider than the width; what is cut ends in an ellipsis. */
export function shorten(text: string, width: number, measure: Measure): string {
  const clean = cleanText(text);
  if (measure(clean) <= width) return clean;
  return longestHead(clean, width - measure(ELLIPSIS), measure).trimEnd() + ELLIPSIS;
}

/** As many characters as fit, but at least one, so that breaking always gets on. */
function longestHead(text: string, width: number, measure: Measure): string {
  let head = '';
  for (const character of text) {
    if (head !== '' && measure(head + character) > width) break;
    head += character;
  }
  return head;
}
