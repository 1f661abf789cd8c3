import type { Remark } from '@patternlens/core';

/** Layers that are named before the others are only counted. */
const NAMED = 3;

function named(layers: readonly string[]): string {
  const first = layers.slice(0, NAMED).map((layer) => `"${layer}"`);
  const rest = layers.length - first.length;
  return `${first.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** What rules say of the layers that a method was applied to, a line for each thing; what is told of samples stands beneath their table. */
export function remarkLines(method: string, remarks: readonly Remark[]): string[] {
  const layers = new Map<string, string[]>();
  for (const { code, layer, text } of remarks)
    if (code === 'rule') layers.set(text, [...(layers.get(text) ?? []), layer]);
  return [...layers].map(([text, of]) => `${method}: ${named(of)}: ${text}`);
}
