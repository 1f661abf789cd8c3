/** The known name that takes the fewest edits from the given one; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const scored = known.map((other) => ({
    other,
    edits: editDistance(name.toLowerCase(), other.toLowerCase()),
  }));
  const [best] = scored.sort((a, b) => a.edits - b.edits);
  return best && best.edits <= Math.max(2, name.length / 2) ? best.other : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The end of a sentence about an unknown name: `Did you mean "x"?` with the nearest known name (at most half of the letters, or two, differ), or else
 * `Known: a, b.` with all known names. */
export function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
}
