/** The names of classes in a file: one a line, or a JSON list, or `{ "0": "tench", ... }`; empty lines at the end count for nothing. */
export function labelNames(text: string): readonly string[] {
  const plain = text.replace(/^\uFEFF/, '');
  if (!/^\s*[[{]/.test(plain)) return plain.trimEnd().split(/\r?\n/);
  const value = JSON.parse(plain) as Record<string, unknown> | readonly string[];
  if (Array.isArray(value)) return value.map(String);
  const numbered = ((value as Record<string, unknown>)['id2label'] ?? value) as Record<
    string,
    unknown
  >;
  return Object.values(numbered).map((entry) =>
    Array.isArray(entry) ? String(entry.at(-1)) : String(entry),
  );
}
