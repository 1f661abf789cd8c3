/** Rows in columns as wide as their widest entry; columns of numbers stand to the right. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]!.length)),
  );
  const numeric = headings.map(
    (_, column) =>
      rows.length > 0 &&
      rows.every((row) => /^[-−]?[\d.,]*(e[-+]?\d+)?( ?(ms|x|%))?$|^-$/.test(row[column]!)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) =>
        numeric[column] === true ? text.padStart(widths[column]!) : text.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [
    line(headings),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...rows.map(line),
  ].join('\n');
}
