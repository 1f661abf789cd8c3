/** Text that XML and fonts can take: on one line, without control characters, lone surrogates or noncharacters. Spaces that
 * do not break stay. */
export function cleanText(text: string): string {
  return text
    .replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ')
    .trim();
}
